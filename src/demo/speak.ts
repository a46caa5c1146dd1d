import type { Account } from "#domain/accounts/account.ts";
import type { Draft, PostId } from "#domain/posts/post.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import type { Transaction } from "#platform/database.ts";
import type { Example } from "./fill-example.ts";

/** Says something in the example, as one of its accounts, in public. */
export async function speak(
  tx: Transaction,
  { authority, admin }: Example,
  by: Account,
  source: string,
  at: Temporal.Instant,
  more: Partial<Draft> & { inReplyTo?: PostId } = {},
): Promise<PostId> {
  const { inReplyTo, ...words } = more;
  const draft: Draft = {
    kind: "note",
    sourceType: "plain",
    source,
    language: "sv",
    attachments: [],
    ...words,
  };
  const capacity = by.kind === "office" ? "office" : "authority";
  const done = await publishPost(
    tx,
    authority,
    { ...draft, inReplyTo, account: by.id, person: admin.id, visibility: "public", capacity },
    at,
  );
  if (done.outcome !== "published") throw new Error(`the example's post: ${done.outcome}`);
  return done.id;
}
