import type { Services } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import { keepDraft, type Kept } from "#domain/drafts/keep-draft.ts";
import { postDraftOf } from "#domain/drafts/publish-draft.ts";
import { submitDraft, type Submission, type Submitted } from "#domain/drafts/submit-draft.ts";
import { park } from "#domain/drafts/take-back.ts";
import { viewerOf, type Seat } from "../seat.ts";
import type { Composition } from "./composition.ts";
import { findMentioned } from "#domain/posts/find-mentioned.ts";
import { writtenIn } from "./written.ts";

/** Sends, plans or asks approval for what stands in a composer, once for each form that was given out. */
export async function writeComposition(
  services: Services,
  seat: Seat,
  composition: Composition,
  more: { account: Account; wish: Submission["wish"]; bypassReason: string },
): Promise<Submitted> {
  const { authority } = seat.site;
  const written = writtenIn({ ...composition, language: composition.language || seat.language }, seat.person);
  await findMentioned(services, authority, postDraftOf(written.content));
  const submission = { ...written, ...more, viewer: viewerOf(seat) };
  return services.db.as(authority.id, (tx) =>
    submitDraft(tx, authority, submission, services.clock(), services.config.undoSeconds),
  );
}

/** Keeps it as a draft; `aside` when it is not to fill the composer again by itself. */
export async function keepComposition(
  services: Services,
  seat: Pick<Seat, "site" | "person">,
  composition: Composition,
  options: { aside?: boolean } = {},
): Promise<Kept> {
  const { authority } = seat.site;
  return services.db.as(authority.id, async (tx) => {
    const kept = await keepDraft(tx, authority.id, writtenIn(composition, seat.person), services.clock());
    if (options.aside && "id" in kept) await park(tx, authority, kept.id, seat.person);
    return kept;
  });
}
