import { isDeepStrictEqual } from "node:util";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import { findAnyPost } from "#domain/posts/read-posts.ts";
import { json, type Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";
import type { DraftContent } from "./content.ts";
import {
  draftColumns,
  draftOfRow,
  type Draft,
  type DraftId,
  type DraftRow,
  type DraftTarget,
} from "./draft.ts";
import { partingKey, readFormKey, type FormKey } from "./form-key.ts";

/** What an open form holds. */
export type Written = {
  person: PersonId;
  /** The form's key, as `formKey` or the form's maker gave it. */
  once: string;
  to: DraftTarget;
  content: DraftContent;
  reason: string;
  postVersion: number | null;
  seen: string | null;
  /** "2026-11-23T08:00", or null. */
  localTime: string | null;
  /** Nothing in it is worth keeping. */
  blank: boolean;
};
export type Kept =
  | { outcome: "kept"; id: DraftId }
  /** Another window has changed the draft since: these words are kept as a draft of their own. */
  | { outcome: "parted"; id: DraftId }
  | { outcome: "emptied" }
  /** The writer has so many lying about that no more are kept. */
  | { outcome: "too-many" }
  /** It has been sent, or is as it waits. */
  | { outcome: "settled"; id: DraftId };

/** Keeps what is being written, whatever it lacks. */
export async function keepDraft(
  tx: Transaction,
  authority: AuthorityId,
  written: Written,
  now: Temporal.Instant,
): Promise<Kept> {
  const found = await draftOfForm(tx, authority, written);
  if (!found) {
    if (written.blank) return { outcome: "emptied" };
    if (await hasMost(tx, authority, written.person)) return { outcome: "too-many" };
    return { outcome: "kept", id: (await addDraft(tx, authority, written, now)).id };
  }
  const { draft } = found;
  if (draft.state === "sent" || draft.state === "sending") return { outcome: "settled", id: draft.id };
  if (says(draft, written)) return keepAside(tx, authority, draft, written, now);
  const waits = draft.state === "scheduled" || draft.state === "awaiting";
  if (waits || found.stale) {
    if (written.blank) return { outcome: "settled", id: draft.id };
    if (await hasMost(tx, authority, written.person)) return { outcome: "too-many" };
    const parted = await addDraft(tx, authority, written, now, waits ? draft : undefined, true);
    return { outcome: "parted", id: parted.id };
  }
  if (written.blank && draft.state === "draft") {
    await tx`delete from draft where authority = ${authority} and id = ${draft.id}`;
    return { outcome: "emptied" };
  }
  await changeDraft(tx, authority, draft, written, now);
  return { outcome: "kept", id: draft.id };
}

/** More than anybody can look through; what was thrown away counts until it is forgotten. */
const mostDrafts = 1_000;

async function hasMost(tx: Transaction, authority: AuthorityId, person: PersonId): Promise<boolean> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from draft
    where authority = ${authority} and person = ${person} and state <> 'sent'`;
  return row !== undefined && row.count >= mostDrafts;
}

/** The draft that a form belongs to, locked. stale: another window has changed it since this form was filled. */
export async function draftOfForm(
  tx: Transaction,
  authority: AuthorityId,
  { person, once }: Pick<Written, "person" | "once">,
): Promise<{ draft: Draft; stale: boolean } | undefined> {
  const form = readFormKey(once);
  const own = await draftOfKey(tx, authority, person, partingKey(form));
  if (own) return { draft: own, stale: false };
  const draft = await draftOfKey(tx, authority, person, form.key);
  return draft && { draft, stale: draft.tab !== form.tab && draft.version !== form.base };
}

/** A new draft; `parted` when the form's own key is taken. */
export async function addDraft(
  tx: Transaction,
  authority: AuthorityId,
  written: Written,
  now: Temporal.Instant,
  replaces?: Draft,
  parted = false,
): Promise<Draft> {
  const form = readFormKey(written.once);
  const key = parted ? partingKey(form) : form.key;
  const { person, to, content, reason, postVersion, seen, localTime } = written;
  const target = to.mode === "new" ? null : to.post;
  const post = to.mode === "reply" ? await findAnyPost(tx, authority, to.post) : undefined;
  await tx`
    insert into draft (authority, person, key, tab, replaces, state, mode, target, thread, account, content, reason,
      post_version, seen, local_time, created_at, updated_at)
    values (${authority}, ${person}, ${key}, ${form.tab}, ${replaces?.id ?? null}, 'draft', ${to.mode}, ${target},
      ${post?.thread ?? null}, ${accountIn(content)}, ${json(tx, content)}, ${reason}, ${postVersion}, ${seen}, ${localTime}, ${now}, ${now})
    on conflict (authority, person, key) do nothing`;
  // Two requests with one key: the second waits above for the first, and goes on with its draft.
  const draft = await draftOfKey(tx, authority, person, key);
  if (!draft) throw new Error("a draft was not kept");
  return draft;
}

export async function changeDraft(
  tx: Transaction,
  authority: AuthorityId,
  draft: Draft,
  written: Written,
  now: Temporal.Instant,
): Promise<Draft> {
  const { content, reason, postVersion, seen, localTime } = written;
  const [row] = await tx<DraftRow[]>`
    update draft set content = ${json(tx, content)}, account = ${accountIn(content)}, reason = ${reason},
      post_version = ${postVersion}, seen = ${seen}, local_time = ${localTime}, tab = ${readFormKey(written.once).tab},
      version = version + ${says(draft, written) ? 0 : 1}, parked = false, updated_at = ${now},
      bypass_reason = ${says(draft, written) ? draft.bypassReason : null},
      state = case state when 'thrown' then 'draft' else state end
    where authority = ${authority} and id = ${draft.id} returning ${draftColumns(tx)}`;
  if (!row) throw new Error("a draft vanished under its lock");
  return draftOfRow(row);
}

/** Is it what the form says? */
export function says(draft: Draft, written: Pick<Written, "content" | "reason">): boolean {
  return (
    draft.reason === written.reason &&
    isDeepStrictEqual(draft.content, JSON.parse(JSON.stringify(written.content)))
  );
}

/** The words are the same; the time that is being chosen for them may not be. */
async function keepAside(
  tx: Transaction,
  authority: AuthorityId,
  draft: Draft,
  written: Written,
  now: Temporal.Instant,
): Promise<Kept> {
  if (draft.state === "draft" && draft.localTime !== written.localTime) {
    await changeDraft(tx, authority, draft, written, now);
    return { outcome: "kept", id: draft.id };
  }
  return { outcome: draft.state === "draft" ? "kept" : "settled", id: draft.id };
}

async function draftOfKey(
  tx: Transaction,
  authority: AuthorityId,
  person: PersonId,
  key: FormKey["key"],
): Promise<Draft | undefined> {
  const [row] = await tx<DraftRow[]>`
    select ${draftColumns(tx)} from draft
    where authority = ${authority} and person = ${person} and key = ${key} for update`;
  return row && draftOfRow(row);
}

function accountIn(content: DraftContent): string | null {
  return parseId<"account">(content.account) ?? null;
}
