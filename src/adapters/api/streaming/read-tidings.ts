import type { Site } from "#context.ts";
import { couldSee, type Removed } from "#domain/posts/could-see.ts";
import type { Post } from "#domain/posts/post.ts";
import { stands } from "#domain/posts/visible-to.ts";
import { collectTags } from "#domain/text/blocks.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import { homeTimeline, listTimeline } from "#domain/timelines/home-timeline.ts";
import { publicTimeline } from "#domain/timelines/public-timeline.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import type { Caller } from "../endpoint.ts";
import { loadShared, loadStatuses, type SharedFaces } from "../entities/load-statuses.ts";
import { readConversations } from "./read-conversations.ts";
import { streamKey, type Stream } from "./streams.ts";
import type { Tiding } from "./tidings.ts";

/** An account that is listened for, and all that its apps listen to. */
export type Ear = { site: Site; caller: Caller; streams: Map<string, Stream> };

/** Something to tell those who listen to a stream. */
export type Told = { event: "update" | "status.update" | "delete" | "conversation"; payload: string };

/** Posts that are asked for by name are never cut. */
const limit = 1_000;

/**
 * What the tidings come to in each stream of each account, by the account and the stream's key, in order. What is the
 * same for all accounts is read once; the rest in a fixed number of queries for each account and each of its lists,
 * however many apps listen.
 */
export async function readTidings(
  tx: Transaction,
  ears: readonly Ear[],
  tidings: readonly Tiding[],
): Promise<Map<string, Map<string, Told[]>>> {
  const site = ears[0]?.site;
  if (!site) return new Map();
  const stirred = tidings.flatMap((tiding) => (tiding.kind === "gone" ? [] : tiding.post));
  const only = [...new Set(stirred)];
  const heard = await Promise.all(
    ears.map(async (ear) => ({ ear, places: await readPlaces(tx, ear, [...ear.streams.values()], only) })),
  );
  const items = heard.flatMap(({ places }) => [...places.values()].flat());
  const shared = await loadShared(tx, site, distinct(items));
  const told = heard.map(async ({ ear, places }) => {
    const account: string = ear.caller.account.id;
    return [account, await tellEar(tx, ear, tidings, { only, places, shared })] as const;
  });
  return new Map(await Promise.all(told));
}

type Found = { only: readonly string[]; places: Map<string, Item[]>; shared: SharedFaces };

async function tellEar(
  tx: Transaction,
  ear: Ear,
  tidings: readonly Tiding[],
  { only, places, shared }: Found,
): Promise<Map<string, Told[]>> {
  const streams = [...ear.streams.values()];
  const gone = tidings.flatMap((tiding) => (tiding.kind === "gone" ? tiding.post : []));
  const hasDirect = streams.some(({ name }) => name === "direct");
  const [written, conversations, removed] = await Promise.all([
    write(tx, ear, distinct([...places.values()].flat()), shared),
    hasDirect ? readConversations(tx, ear, only) : new Map<string, string>(),
    couldSee(tx, ear.site.authority.id, [...new Set(gone)], ear.caller.account.id),
  ]);
  const removedById = new Map(removed.map((post) => [post.id, post]));
  const tellingOf = (stream: Stream) => {
    const stands = new Set(places.get(streamKey(stream))?.map(placeOf));
    return (tiding: Tiding): Told[] => {
      if (tiding.kind === "gone") {
        const post = removedById.get(tiding.post);
        return post && mayHaveShown(stream, post) ? [{ event: "delete", payload: tiding.id }] : [];
      }
      if (stream.name === "direct") {
        const payload = tiding.kind === "put" ? conversations.get(tiding.post) : undefined;
        return payload ? [{ event: "conversation", payload }] : [];
      }
      const place = tiding.kind === "passed" ? tiding.boost : tiding.post;
      const payload = stands.has(place) ? written.get(place) : undefined;
      return payload ? [{ event: tiding.kind === "changed" ? "status.update" : "update", payload }] : [];
    };
  };
  return new Map(streams.map((stream) => [streamKey(stream), tidings.flatMap(tellingOf(stream))]));
}

type Item = Post | TimelineItem;

/** What of the posts stands in each stream but those of conversations. */
async function readPlaces(
  tx: Transaction,
  { site, caller }: Ear,
  streams: readonly Stream[],
  only: readonly string[],
): Promise<Map<string, Item[]>> {
  if (only.length === 0) return new Map();
  const authority = site.authority.id;
  const own = [caller.account.id];
  const page = { only, limit, keep: tx`and ${stands(tx)}` };
  const wanted = { from: "all", onlyPictures: false, viewer: caller.account.id } as const;
  const open = streams.some(isPublic) ? publicTimeline(tx, authority, wanted, { only, limit }) : [];
  const found = streams.map(async (stream): Promise<[string, Item[]]> => {
    const key = streamKey(stream);
    if (stream.name === "user") return [key, await homeTimeline(tx, authority, own, page)];
    if (stream.name === "list")
      return [key, await listTimeline(tx, authority, stream.subject ?? "", own, page)];
    return [key, isPublic(stream) ? (await open).filter((post) => standsIn(stream, post)) : []];
  });
  return new Map(await Promise.all(found));
}

/** By the id of its status. A filter marks a status and takes none away: apps do that. */
async function write(
  tx: Transaction,
  look: Ear,
  items: readonly Item[],
  shared: SharedFaces,
): Promise<Map<string, string>> {
  const statuses = await loadStatuses(tx, look, items, undefined, shared);
  return new Map(statuses.map((status) => [status.id, JSON.stringify(status)]));
}

function distinct(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [placeOf(item), item])).values()];
}

function placeOf(item: Item): string {
  return "position" in item ? item.position : item.id;
}

function standsIn({ name, subject }: Stream, post: Post): boolean {
  const own = post.uri === null;
  if (name.includes(":local") && !own) return false;
  if (name.includes(":remote") && own) return false;
  if (
    name.endsWith(":media") &&
    post.attachments.length === 0 &&
    !post.blocks.some(({ kind }) => kind === "image")
  )
    return false;
  return !name.startsWith("hashtag") || collectTags(post.blocks).some((tag) => normalTag(tag) === subject);
}

/** What it held is known no more, so that a removal is told wherever it may have stood. */
function mayHaveShown({ name }: Stream, { own, visibility }: Removed): boolean {
  if (name === "user" || name === "list") return true;
  if (!isPublic({ name }) || visibility !== "public") return false;
  return !(name.includes(":local") && !own) && !(name.includes(":remote") && own);
}

function isPublic({ name }: Pick<Stream, "name">): boolean {
  return name.startsWith("public") || name.startsWith("hashtag");
}
