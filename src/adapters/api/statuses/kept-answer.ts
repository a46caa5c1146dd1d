import { pathIn } from "#context.ts";
import type { SubmittedOnce } from "#domain/drafts/submit-once.ts";
import type { Transaction } from "#platform/database.ts";
import { answer, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { objectionAnswer } from "./objection.ts";
import { scheduledStatuses } from "./scheduled-entity.ts";
import { statusAnswer } from "./show.ts";
import { statusWords } from "./words.ts";

/**
 * What an app is told of what was planned or put before a colleague. It takes whatever is answered with success for
 * published, so that what waits is refused, and the words say that it is kept.
 */
export async function keptAnswer(
  tx: Transaction,
  call: Call<Caller>,
  done: SubmittedOnce,
): Promise<Response> {
  const { site, caller } = call;
  const { language } = caller.person;
  const words = statusWords[language];
  if (done.outcome === "key-used") return invalid(words.keyUsed);
  if (done.outcome === "not-kept") {
    // Nothing is sent at once here, so nothing can have failed to go out.
    if (done.why.outcome === "failed") return invalid(words.failed(deckAddress(call, done.why.draft)));
    return objectionAnswer(done.why, language);
  }
  const { draft } = done;
  if (draft.state === "scheduled") {
    const [entity] = await scheduledStatuses(tx, site, [draft]);
    return entity ? answer(entity) : missing();
  }
  if (draft.state === "sent") return draft.posts[0] ? statusAnswer(tx, call, draft.posts[0]) : missing();
  return invalid(words.awaiting(deckAddress(call, draft.id)));
}

/** Where its writer finds it. */
export function deckAddress({ site, caller }: Pick<Call<Caller>, "site" | "caller">, draft: string): string {
  return site.origin + pathIn(site.authority, caller.person.language, `/deck/drafts/${draft}`);
}
