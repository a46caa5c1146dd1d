import type { AccountId } from "#domain/accounts/account.ts";
import { saveRemoteAccount } from "#domain/accounts/save-remote-account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import type { PostId } from "#domain/posts/post.ts";
import { blocksFromHtml } from "#domain/text/from-html.ts";
import type { Transaction } from "#platform/database.ts";

/** Somebody in the example who lives on another server. They have no inbox: nothing is ever sent to them. */
export async function addResident(
  tx: Transaction,
  authority: AuthorityId,
  resident: { handle: string; domain: string; name: string; says: string },
): Promise<AccountId> {
  const uri = `https://${resident.domain}/users/${resident.handle}`;
  return saveRemoteAccount(tx, authority, {
    network: "fediverse",
    uri,
    url: `https://${resident.domain}/@${resident.handle}`,
    handle: resident.handle,
    domain: resident.domain,
    name: resident.name,
    biography: blocksFromHtml(`<p>${resident.says}</p>`),
    fields: [],
    avatarUrl: null,
    headerUrl: null,
    inbox: null,
    sharedInbox: null,
    outbox: null,
    followers: null,
    publicKeyId: null,
    publicKey: null,
    locked: false,
    indexable: false,
    automated: false,
  });
}

/** A resident answers, in the way that posts from other servers come in. */
export async function answer(
  tx: Transaction,
  authority: AuthorityId,
  said: {
    by: AccountId;
    /** Null begins a conversation. */
    to: PostId | null;
    words: string;
    at: Temporal.Instant;
    language?: string;
    mentions?: AccountId[];
    /** To those it names alone. */
    direct?: boolean;
  },
): Promise<PostId> {
  const uri = `https://social.example/posts/${said.by}-${said.at.epochMilliseconds}`;
  const source = `<p>${said.words}</p>`;
  const received = await receivePost(
    tx,
    authority,
    {
      network: "fediverse",
      uri,
      url: uri,
      author: said.by,
      kind: "note",
      visibility: said.direct ? "direct" : "public",
      inReplyTo: said.to && { uri, own: said.to },
      publishedAt: said.at,
      editedAt: null,
      title: null,
      warning: null,
      language: said.language ?? "sv",
      source,
      blocks: blocksFromHtml(source),
      pictures: [],
      mentioned: said.mentions ?? [],
      entry: null,
    },
    "always",
  );
  if (received.outcome !== "received" && received.outcome !== "known")
    throw new Error(`the example's answer: ${received.outcome}`);
  return received.id;
}
