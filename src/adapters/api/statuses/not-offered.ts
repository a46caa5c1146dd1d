import { refuse } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { statusWords } from "./words.ts";

/** POST /api/v1/statuses/:id/translate */
export function translate({ caller }: Call): Response {
  return refuse(404, "Record not found", statusWords[caller?.person.language ?? "en"].noTranslation);
}

/** GET /api/v1/polls/:id and POST /api/v1/polls/:id/votes: there are none. */
export function poll({ caller }: Call): Response {
  return refuse(404, "Record not found", statusWords[caller?.person.language ?? "en"].noPolls);
}
