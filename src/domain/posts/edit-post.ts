import type { AccountId } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { Draft, PostId } from "./post.ts";
import { checkDraft, type NotWritten } from "./check-draft.ts";
import { said } from "./publish-post.ts";
import { findAnyPost } from "./read-posts.ts";
import { recordOverrides } from "./record-overrides.ts";
import { saveVersion } from "./save-version.ts";
import { writeBody } from "./write-body.ts";

export type Edit = Draft & {
  reason: string;
  account: AccountId;
  person: PersonId | null;
  post: PostId;
  /** The version that was read; a later one is not overwritten. */ version?: number | undefined;
};
export type Edited =
  | { outcome: "edited"; version: number }
  | { outcome: "not-ours" }
  | { outcome: "reason-missing" }
  | { outcome: "changed" }
  | NotWritten;

/** Replaces the words of one of our posts; what they were stays readable, with the reason. */
export async function editPost(
  tx: Transaction,
  authority: Authority,
  edit: Edit,
  now: Temporal.Instant,
): Promise<Edited> {
  const before = await findAnyPost(tx, authority.id, edit.post);
  if (!before || before.uri !== null || before.account !== edit.account || before.deletedAt)
    return { outcome: "not-ours" };
  if (edit.version !== undefined && edit.version !== before.version) return { outcome: "changed" };
  if (edit.reason.trim() === "") return { outcome: "reason-missing" };
  const draft = { ...edit, kind: before.kind };
  const checked = await checkDraft(tx, authority, draft, now);
  if ("outcome" in checked) return checked;
  const { blocks, mentioned } = await writeBody(tx, authority, draft);
  const [row] = await tx<{ version: number }[]>`
    update post set version = version + 1, edited_at = ${now}
    where authority = ${authority.id} and id = ${before.id} and version = ${before.version} returning version`;
  if (!row) return { outcome: "changed" };
  const kept = await mentionedBefore(tx, authority, before.id);
  await saveVersion(
    tx,
    authority.id,
    before.id,
    {
      version: row.version,
      sourceType: draft.sourceType,
      source: draft.source,
      title: draft.title?.trim() || null,
      warning: draft.warning?.trim() || null,
      language: draft.language,
      blocks,
      attachments: draft.attachments,
      reason: edit.reason.trim(),
      person: edit.person,
      at: now,
    },
    // Whoever has had the post goes on having it: a correction must reach them.
    [...kept, ...mentioned.map((account) => account.id)],
  );
  await append(tx, {
    authority: authority.id,
    direction: "out",
    kind: "post-edited",
    account: before.account,
    person: edit.person,
    post: before.id,
    facts: { visibility: before.visibility, thread: before.thread, version: row.version },
    payload: { body: said({ ...draft, reason: edit.reason.trim() }) },
  });
  await recordOverrides(
    tx,
    authority,
    { ...edit, account: before.account, post: before.id },
    checked.overridden,
  );
  return { outcome: "edited", version: row.version };
}

async function mentionedBefore(tx: Transaction, authority: Authority, post: PostId): Promise<AccountId[]> {
  const rows = await tx<{ account: AccountId }[]>`
    select account from post_mention where authority = ${authority.id} and post = ${post}`;
  return rows.map((row) => row.account);
}
