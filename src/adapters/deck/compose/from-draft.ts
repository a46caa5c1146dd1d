import type { Draft } from "#domain/drafts/draft.ts";
import { formKey } from "#domain/drafts/form-key.ts";
import { newSecret } from "#platform/secret.ts";
import type { Seat } from "../seat.ts";
import type { Composition } from "./composition.ts";

/** A composer with a draft as it was left. Somebody who may no longer speak as its account writes as another. */
export function fromDraft(draft: Draft, seat: Seat): Composition {
  const { content, to, reason, postVersion, localTime, seen } = draft;
  const granted = seat.accounts.some((account) => account.id === content.account);
  return {
    ...content,
    account: granted ? content.account : (seat.acting?.id ?? content.account),
    to,
    reason,
    once: formKey(draft, newSecret()),
    ...(postVersion === null ? {} : { version: postVersion }),
    bypassReason: draft.bypassReason ?? "",
    when: localTime ?? "",
    seen: seen ?? "",
  };
}
