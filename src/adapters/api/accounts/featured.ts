import { answer, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { accountInPath, changeRelation } from "./find-account.ts";
import { accountWords } from "./words.ts";

/** What an authority does not do: recommend accounts, or put tags forward. Nobody is ever suggested, either. */
export function nothing(): Response {
  return answer([]);
}

/** The same, of an account that is there. */
export async function nothingOf(call: Call): Promise<Response> {
  const account = await call.services.db.read(call.site.authority.id, (tx) => accountInPath(tx, call));
  return account ? answer([]) : missing();
}

/** POST /api/v1/accounts/:id/pin, POST /api/v1/accounts/:id/endorse */
export function endorse({ caller }: Call<Caller>): Response {
  return invalid(accountWords[caller.person.language].notEndorsed);
}

/** POST /api/v1/accounts/:id/unpin, POST /api/v1/accounts/:id/unendorse: it never was. */
export async function unendorse(call: Call<Caller>): Promise<Response> {
  return changeRelation(call, () => Promise.resolve());
}

/** POST /api/v1/featured_tags, POST /api/v1/tags/:name/feature */
export function featureTag({ caller }: Call<Caller>): Response {
  return invalid(accountWords[caller.person.language].notFeatured);
}
