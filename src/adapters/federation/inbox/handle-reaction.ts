import { hash } from "node:crypto";
import { receiveReaction, receiveReactionUndo } from "#domain/posts/receive-reaction.ts";
import { followersAmongOurs, receiveFollowUndo } from "#domain/relationships/follows.ts";
import { setBlockedBy } from "#domain/relationships/blocks.ts";
import { idOf, objectOf, typeOf, uriOf, type Json } from "./as2.ts";
import { relationsNamed } from "./find-undone.ts";
import { knownPost, type Handling } from "./handling.ts";
import { undoBlock, undoFollow } from "./handle-relation.ts";
import { queueFetch } from "./keep-note.ts";
import { isOnSite } from "./own-uri.ts";

/** A favourite of a post that is not here concerns nobody here. */
export async function handleLike(handling: Handling): Promise<void> {
  const { tx, site, actor, activity, entry } = handling;
  const object = idOf(activity["object"]);
  const post = object && (await knownPost(handling, object));
  if (!post) return handling.log.debug("a favourite of a post unknown here was dropped");
  const uri = uriOf(activity["id"]) ?? `${actor.uri}#likes/${post}`;
  await receiveReaction(tx, site.authority.id, {
    reaction: "favourite",
    network: "fediverse",
    uri,
    account: actor.id,
    post,
    entry,
  });
}

/** A post that is not here yet is fetched if somebody here follows whoever passes it on. */
export async function handleAnnounce(handling: Handling): Promise<void> {
  const { tx, site, actor, activity, entry } = handling;
  const object = objectPassedOn(activity);
  if (!object) return;
  const uri = uriOf(activity["id"]) ?? `${actor.uri}#boosts/${hash("sha256", object, "hex")}`;
  const post = await knownPost(handling, object);
  if (post) {
    await receiveReaction(tx, site.authority.id, {
      reaction: "boost",
      network: "fediverse",
      uri,
      account: actor.id,
      post,
      entry,
    });
    return;
  }
  if (isOnSite(site, object)) return;
  const followers = await followersAmongOurs(tx, site.authority.id, actor.id);
  if (followers.length > 0)
    await queueFetch(tx, site, "fetch-post", object, { boost: uri, account: actor.id, entry });
}

/** A group passes on the whole activity (Lemmy): what counts is the post in it. */
function objectPassedOn(activity: Json): string | undefined {
  const inner = objectOf(activity["object"]);
  return idOf(typeOf(inner) === "Create" ? inner?.["object"] : activity["object"]);
}

/** What is taken back is repeated, or only named. */
export async function handleUndo(handling: Handling): Promise<void> {
  const undone = objectOf(handling.activity["object"]);
  const by = idOf(undone?.["actor"]);
  if (by && by !== handling.actor.uri)
    return handling.log.warn("an activity was dropped", { why: "it takes back what another did" });
  switch (typeOf(undone) ?? "") {
    case "Follow":
      return undone && undoFollow(handling, undone);
    case "Block":
      return undone && undoBlock(handling, undone);
    case "Like":
    case "EmojiReact":
      return undone && undoReaction(handling, undone, "favourite");
    case "Announce":
      return undone && undoReaction(handling, undone, "boost");
    default:
      return undoNamed(handling);
  }
}

async function undoReaction(
  handling: Handling,
  undone: Json,
  reaction: "boost" | "favourite",
): Promise<void> {
  const object = idOf(undone["object"]);
  const post = object ? await knownPost(handling, object) : undefined;
  const { tx, site, actor, entry } = handling;
  await receiveReactionUndo(tx, site.authority.id, {
    reaction,
    network: "fediverse",
    account: actor.id,
    uri: uriOf(undone["id"]) ?? "",
    post,
    entry,
  });
}

async function undoNamed({ tx, site, actor, activity, entry }: Handling): Promise<void> {
  const authority = site.authority.id;
  const uri = idOf(activity["object"]);
  if (!uri) return;
  for (const reaction of ["favourite", "boost"] as const)
    await receiveReactionUndo(tx, authority, {
      reaction,
      network: "fediverse",
      account: actor.id,
      uri,
      entry,
    });
  const { followed, blocked } = await relationsNamed(tx, authority, actor.id, uri);
  if (followed) await receiveFollowUndo(tx, authority, { follower: actor.id, followed, entry });
  if (blocked) await setBlockedBy(tx, authority, { account: blocked, by: actor.id, uri }, false);
}
