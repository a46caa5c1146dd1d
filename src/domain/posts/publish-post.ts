import type { Account, AccountId } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { checkDraft, type NotWritten } from "./check-draft.ts";
import { recordOverrides } from "./record-overrides.ts";
import { findPost } from "./read-posts.ts";
import type { Capacity, Draft, Post, PostId, Visibility } from "./post.ts";
import { saveVersion } from "./save-version.ts";
import { writeBody } from "./write-body.ts";

export type NewPost = Draft & {
  account: AccountId;
  person: PersonId | null;
  visibility: Visibility;
  capacity: Capacity;
  inReplyTo?: string | undefined;
};
export type Published = { outcome: "published"; id: PostId } | { outcome: "parent-missing" } | NotWritten;

/** Makes a post public, or sends it to those it is for. Whether the person may is the caller's to have asked. */
export async function publishPost(
  tx: Transaction,
  authority: Authority,
  post: NewPost,
  now: Temporal.Instant,
): Promise<Published> {
  const checked = await checkDraft(tx, authority, post, now);
  if ("outcome" in checked) return checked;
  const parent = post.inReplyTo
    ? await findPost(tx, authority.id, post.inReplyTo, { kind: "staff", accounts: [post.account] })
    : undefined;
  if (post.inReplyTo && !parent) return { outcome: "parent-missing" };
  const { blocks, mentioned } = await writeBody(tx, authority, post);
  const addressed = addressees(parent, mentioned, post.account);
  if (post.visibility === "direct" && addressed.length === 0) return { outcome: "nobody-addressed" };
  const [row] = await tx<{ id: PostId }[]>`
    with fresh as (select next_id() as id)
    insert into post (authority, id, account, network, kind, visibility, capacity, thread, in_reply_to, published_at, person)
    select ${authority.id}, id, ${post.account}, 'torg', ${post.kind}, ${post.visibility}, ${post.capacity},
      coalesce(${parent?.thread ?? null}::bigint, id), ${parent?.id ?? null}, ${now}, ${post.person}
    from fresh returning id`;
  if (!row) throw new Error("a post was not kept");
  await saveVersion(
    tx,
    authority.id,
    row.id,
    {
      version: 1,
      sourceType: post.sourceType,
      source: post.source,
      title: post.title?.trim() || null,
      warning: post.warning?.trim() || null,
      language: post.language,
      blocks,
      attachments: post.attachments,
      reason: null,
      person: post.person,
      at: now,
    },
    addressed,
  );
  await append(tx, {
    authority: authority.id,
    direction: "out",
    kind: "post-published",
    account: post.account,
    person: post.person,
    post: row.id,
    facts: { visibility: post.visibility, thread: parent?.thread ?? row.id, version: 1 },
    payload: { body: said(post) },
  });
  await recordOverrides(tx, authority, { ...post, post: row.id }, checked.overridden);
  return { outcome: "published", id: row.id };
}

/** What goes into the record: the words and pictures as they were sent. */
export function said(draft: Draft & { reason?: string | undefined }) {
  const { kind, sourceType, source, title, warning, language, attachments, reason } = draft;
  return { kind, sourceType, source, title, warning, language, attachments, reason };
}

/** Whom the post is said to: those it names and the one it answers. */
function addressees(parent: Post | undefined, mentioned: Account[], self: AccountId): AccountId[] {
  const ids = mentioned.map((account) => account.id);
  if (parent && parent.account !== self) ids.unshift(parent.account);
  return [...new Set(ids)];
}
