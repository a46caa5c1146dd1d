import { findAccount, findRemoteAccount } from "#domain/accounts/account.ts";
import { receiveReport } from "#domain/moderation/report.ts";
import { isKnownOn } from "#domain/posts/is-known-on.ts";
import { setBlockedBy } from "#domain/relationships/blocks.ts";
import {
  findFollow,
  findFollowBetween,
  receiveFollow,
  receiveFollowAnswer,
  receiveFollowUndo,
} from "#domain/relationships/follows.ts";
import { withinLimit } from "#platform/rate-limit.ts";
import { idOf, idsOf, objectOf, uriOf, type Json } from "./as2.ts";
import { knownPost, type Handling } from "./handling.ts";
import { ownAccount, ownFollowId } from "./own-uri.ts";
import { wordsFromHtml } from "./text-from-outside.ts";

export async function handleFollow({ tx, site, actor, activity, entry, log }: Handling): Promise<void> {
  const object = idOf(activity["object"]);
  const followed = object && (await ownAccount(tx, site, object));
  if (!followed) return log.info("a follow of nobody here was dropped", { object });
  const uri = uriOf(activity["id"]) ?? `${actor.uri}#follows/${followed.id}`;
  await receiveFollow(tx, site.authority.id, {
    network: "fediverse",
    uri,
    follower: actor.id,
    followed,
    entry,
  });
}

/** Accept or Reject of a follow of ours, which is named by its id or repeated. A Reject may come long after an Accept. */
export async function handleFollowAnswer(handling: Handling, accepted: boolean): Promise<void> {
  const { tx, site, actor, activity, entry, log } = handling;
  const follow = await followMeant(handling, activity["object"]);
  if (!follow) return log.info("an answer to no follow of ours was dropped");
  await receiveFollowAnswer(tx, site.authority.id, { follow, by: actor.id, accepted, entry });
}

/** They block one of ours: neither follows the other any more. */
export async function handleBlock({ tx, site, actor, activity, entry }: Handling): Promise<void> {
  const authority = site.authority.id;
  const object = idOf(activity["object"]);
  const account = object && (await ownAccount(tx, site, object));
  if (!account) return;
  const uri = uriOf(activity["id"]) ?? null;
  await setBlockedBy(tx, authority, { account: account.id, by: actor.id, uri }, true);
  await receiveFollowUndo(tx, authority, { follower: actor.id, followed: account.id, entry });
  const ours = await findFollowBetween(tx, authority, account.id, actor.id);
  if (ours)
    await receiveFollowAnswer(tx, authority, { follow: ours.id, by: actor.id, accepted: false, entry });
}

export async function undoFollow({ tx, site, actor, entry }: Handling, undone: Json): Promise<void> {
  const object = idOf(undone["object"]);
  const followed = object && (await ownAccount(tx, site, object));
  if (followed)
    await receiveFollowUndo(tx, site.authority.id, { follower: actor.id, followed: followed.id, entry });
}

export async function undoBlock({ tx, site, actor }: Handling, undone: Json): Promise<void> {
  const object = idOf(undone["object"]);
  const account = object && (await ownAccount(tx, site, object));
  if (account)
    await setBlockedBy(tx, site.authority.id, { account: account.id, by: actor.id, uri: null }, false);
}

/** More than a server would report in good faith: beyond it the moderators would find nothing among them. */
const mostReports = { max: 60, seconds: 3_600 };

/** One report for each post named, or one for the account alone. The reporter is often a server's own actor. */
export async function handleFlag(handling: Handling): Promise<void> {
  const { tx, site, actor, activity } = handling;
  const uri = uriOf(activity["id"]) ?? null;
  const words = wordsFromHtml(activity["content"], 5000);
  const posts: NonNullable<Awaited<ReturnType<typeof knownPost>>>[] = [];
  let account: Awaited<ReturnType<typeof ownAccount>>;
  for (const object of idsOf(activity["object"]).slice(0, 20)) {
    account ??=
      (await ownAccount(tx, site, object)) ?? (await findRemoteAccount(tx, site.authority.id, object));
    const post = await knownPost(handling, object);
    // A report opens a post to the moderators: who cannot have it before them cannot have it opened.
    if (post && (await isKnownOn(tx, site.authority.id, post, actor.domain))) posts.push(post);
  }
  if (!account && posts.length === 0) return;
  const key = `flags-from:${URL.parse(actor.uri)?.host}`;
  if (!(await withinLimit(tx, site.authority.id, { key, ...mostReports }, handling.now)))
    return handling.log.warn("a report was dropped: its server sends too many");
  const report = { account: account?.id ?? null, reporter: actor.id, contact: null, words };
  if (posts.length === 0) await receiveReport(tx, site.authority.id, { ...report, post: null, uri });
  for (const [index, post] of posts.entries())
    await receiveReport(tx, site.authority.id, {
      ...report,
      post,
      uri: uri && index > 0 ? `${uri}#${index}` : uri,
    });
}

async function followMeant({ tx, site, actor }: Handling, object: unknown) {
  const authority = site.authority.id;
  const named = ownFollowId(site, idOf(object) ?? "");
  const known = named && (await findFollow(tx, authority, named));
  if (known) return known.followed === actor.id ? known.id : undefined;
  const repeated = objectOf(object);
  const follower = idOf(repeated?.["actor"]);
  const own = follower && (await ownAccount(tx, site, follower));
  if (!own || idOf(repeated?.["object"]) !== actor.uri) return undefined;
  const followed = await findAccount(tx, authority, actor.id);
  return followed && (await findFollowBetween(tx, authority, own.id, followed.id))?.id;
}
