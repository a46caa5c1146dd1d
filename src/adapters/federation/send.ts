import type { Site } from "#context.ts";
import { findAccount, findAuthorityAccount, type AccountId } from "#domain/accounts/account.ts";
import { inboxesOfPost } from "#domain/deliveries/delivery.ts";
import type { Entry } from "#domain/journal/entry.ts";
import type { Post, PostId } from "#domain/posts/post.ts";
import { findAnyPost } from "#domain/posts/read-posts.ts";
import type { Reaction } from "#domain/posts/react.ts";
import { reachOf, reachOfFollowers, stillReachable } from "#domain/relationships/reach.ts";
import type { Transaction } from "#platform/database.ts";
import {
  announceOf,
  answerFollow,
  blockOf,
  create,
  feature,
  followOf,
  likeOf,
  remove,
  undo,
  update,
  updateActor,
} from "./documents/activities.ts";
import { standalone, type ActivityJson } from "./documents/context.ts";
import { loadActor, loadNotes } from "./load-notes.ts";

/** An activity, which of our accounts signs it, and the inboxes that it goes to. */
export type Sending = { account: AccountId; post?: PostId; activity: ActivityJson; inboxes: string[] };

type Context = { tx: Transaction; site: Site; entry: Entry };

/** A post said, said anew or taken back. Changes also go wherever the post went before. */
export async function sendPost(
  { tx, site, entry }: Context,
  what: "create" | "update" | "delete",
): Promise<Sending | undefined> {
  const authority = site.authority.id;
  const post = entry.post ? await findAnyPost(tx, authority, entry.post) : undefined;
  if (!post || post.uri !== null) return undefined;
  // Deleted before anybody was told: there is nothing to show, and the Delete follows.
  if (what !== "delete" && post.deletedAt) return undefined;
  // Asked together: on the way out each round trip is one before the first server hears of it.
  const [[parts], followers, before] = await Promise.all([
    loadNotes(tx, site, [post]),
    post.visibility === "direct" ? [] : reachOfFollowers(tx, authority, post.account),
    what === "create" ? [] : inboxesOfPost(tx, authority, post.id),
  ]);
  if (!parts) return undefined;
  const named = await reachOf(
    tx,
    authority,
    post.account,
    parts.mentioned.map((account) => account.id),
  );
  const inboxes = new Set(followers);
  for (const { inbox, sharedInbox } of named) {
    // Whose server has it already by the shared inbox needs no copy of their own.
    if (!sharedInbox || !inboxes.has(sharedInbox)) inboxes.add(inbox);
  }
  for (const inbox of await stillReachable(tx, authority, post.account, before)) inboxes.add(inbox);
  const build = { create, update, delete: remove }[what];
  return { account: post.account, post: post.id, activity: build(site, parts), inboxes: [...inboxes] };
}

/** A boost goes to our followers and the author, a favourite to the author alone. */
export async function sendReaction(
  { tx, site, entry }: Context,
  reaction: Reaction,
  state: "done" | "undone",
): Promise<Sending | undefined> {
  const authority = site.authority.id;
  const [id] = entry.subject;
  const post = entry.post ? await findAnyPost(tx, authority, entry.post) : undefined;
  const author = post && (await findAccount(tx, authority, post.account));
  if (!id || !entry.account || !post || !author || (state === "done" && post.deletedAt)) return undefined;
  const account = entry.account as AccountId;
  const parts = { id, account: { id: account }, post, author };
  const activity = reaction === "boost" ? announceOf(site, { ...parts, at: entry.at }) : likeOf(site, parts);
  const toAuthor = await personalInboxes(tx, authority, account, post);
  const followers = reaction === "boost" ? await reachOfFollowers(tx, authority, account) : [];
  return {
    account,
    activity: state === "done" ? standalone(activity) : undo(activity),
    inboxes: [...new Set([...followers, ...toAuthor])],
  };
}

/** A wish to follow someone elsewhere, or its end. */
export async function sendFollow(
  { tx, site, entry }: Context,
  state: "done" | "undone",
): Promise<Sending | undefined> {
  const [id, other] = entry.subject;
  const followed = other ? await findAccount(tx, site.authority.id, other) : undefined;
  if (!id || !entry.account || !followed?.inbox || followed.uri === null) return undefined;
  const account = entry.account as AccountId;
  const activity = followOf(site, { id, follower: { id: account }, followed });
  return {
    account,
    activity: state === "done" ? standalone(activity) : undo(activity),
    inboxes: [followed.inbox],
  };
}

/** The answer to a follow: to the follower alone. */
export async function sendFollowAnswer(
  { tx, site, entry }: Context,
  answer: "Accept" | "Reject",
): Promise<Sending | undefined> {
  const [, other] = entry.subject;
  const follower = other ? await findAccount(tx, site.authority.id, other) : undefined;
  const follow = entry.facts["uri"];
  if (!entry.account || !follower?.inbox || follower.uri === null || typeof follow !== "string")
    return undefined;
  const account = entry.account as AccountId;
  return {
    account,
    activity: answerFollow(site, answer, { entry: entry.id, account: { id: account }, follower, follow }),
    inboxes: [follower.inbox],
  };
}

/** A person is blocked, or no longer: said by the authority's own account, to their server alone. */
export async function sendBlock(
  { tx, site, entry }: Context,
  state: "done" | "undone",
): Promise<Sending | undefined> {
  const authority = site.authority.id;
  const whom = entry.account ? await findAccount(tx, authority, entry.account) : undefined;
  const account = await findAuthorityAccount(tx, authority);
  if (!whom?.inbox || whom.uri === null || !account) return undefined;
  const activity = blockOf(site, { account, whom });
  return {
    account: account.id,
    activity: state === "done" ? standalone(activity) : undo(activity),
    inboxes: [whom.inbox],
  };
}

/** A post is pinned, or no longer: our followers' servers keep its place. */
export async function sendFeature(
  { tx, site, entry }: Context,
  type: "Add" | "Remove",
): Promise<Sending | undefined> {
  const post = entry.post ? await findAnyPost(tx, site.authority.id, entry.post) : undefined;
  if (!post || post.uri !== null || (type === "Add" && post.deletedAt)) return undefined;
  return {
    account: post.account,
    activity: feature(site, type, { entry: entry.id, post }),
    inboxes: await reachOfFollowers(tx, site.authority.id, post.account),
  };
}

/** A profile has changed. */
export async function sendActor({ tx, site, entry }: Context): Promise<Sending | undefined> {
  const account = entry.account ? await findAccount(tx, site.authority.id, entry.account) : undefined;
  if (!account || account.uri !== null || account.goneAt) return undefined;
  return {
    account: account.id,
    activity: updateActor(site, await loadActor(tx, site, account), entry.id),
    inboxes: await reachOfFollowers(tx, site.authority.id, account.id),
  };
}

async function personalInboxes(
  tx: Transaction,
  authority: Site["authority"]["id"],
  by: AccountId,
  post: Post,
): Promise<string[]> {
  return (await reachOf(tx, authority, by, [post.account])).map((reach) => reach.inbox);
}
