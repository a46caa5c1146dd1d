import { hash } from "node:crypto";
import { receiveReactions, receiveReactionUndo } from "#domain/posts/receive-reaction.ts";
import { receiveFollowUndo } from "#domain/relationships/follows.ts";
import { setBlockedBy } from "#domain/relationships/blocks.ts";
import { followedByOurs } from "#domain/relationships/followed-by-ours.ts";
import type { Transaction } from "#platform/database.ts";
import type { Site } from "#context.ts";
import { idOf, objectOf, typeOf, uriOf, type Json } from "./as2.ts";
import { relationsNamed } from "./find-undone.ts";
import { knownPost, knownPosts, type Handling } from "./handling.ts";
import { undoBlock, undoFollow } from "./handle-relation.ts";
import { queueFetches } from "./keep-note.ts";
import { isOnSite } from "./own-uri.ts";

/**
 * Favourites and boosts, in order. A favourite of a post that is not here concerns nobody here; a boost of one brings it
 * here if somebody here follows whoever passes it on.
 */
export async function handleReactions(
  tx: Transaction,
  site: Site,
  handlings: readonly Handling[],
): Promise<void> {
  const authority = site.authority.id;
  const told = handlings.flatMap((handling) => readReaction(handling) ?? []);
  const posts = await knownPosts(
    tx,
    site,
    told.map(({ object }) => object),
  );
  await receiveReactions(
    tx,
    authority,
    told.flatMap(({ reaction, object, uriFor, handling }) => {
      const post = posts.get(object);
      const { actor, entry } = handling;
      return post
        ? [{ reaction, network: "fediverse", uri: uriFor(post), account: actor.id, post, entry }]
        : [];
    }),
  );
  const missing = told.filter(({ object }) => !posts.has(object));
  for (const { reaction, handling } of missing)
    if (reaction === "favourite") handling.log.debug("a favourite of a post unknown here was dropped");
  await fetchPassedOn(
    tx,
    site,
    missing.filter(({ reaction, object }) => reaction === "boost" && !isOnSite(site, object)),
  );
}

type Told = {
  reaction: "boost" | "favourite";
  object: string;
  uriFor: (post: string) => string;
  handling: Handling;
};

function readReaction(handling: Handling): Told | undefined {
  const { actor, activity } = handling;
  const uri = uriOf(activity["id"]);
  if (typeOf(activity) === "Announce") {
    const object = objectPassedOn(activity);
    const uriFor = () => uri ?? `${actor.uri}#boosts/${hash("sha256", object ?? "", "hex")}`;
    return object ? { reaction: "boost", object, uriFor, handling } : undefined;
  }
  const object = idOf(activity["object"]);
  if (object)
    return {
      reaction: "favourite",
      object,
      uriFor: (post) => uri ?? `${actor.uri}#likes/${post}`,
      handling,
    };
  handling.log.debug("a favourite of a post unknown here was dropped");
  return undefined;
}

async function fetchPassedOn(tx: Transaction, site: Site, boosts: readonly Told[]): Promise<void> {
  const followed = await followedByOurs(tx, site.authority.id, [
    ...new Set(boosts.map(({ handling }) => handling.actor.id)),
  ]);
  const wanted = boosts.filter(({ handling }) => followed.has(handling.actor.id));
  await queueFetches(
    tx,
    site,
    "fetch-post",
    wanted.map(({ object, uriFor, handling: { actor, entry } }) => ({
      uri: object,
      more: { boost: uriFor(""), account: actor.id, entry },
    })),
  );
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
