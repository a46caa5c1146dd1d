import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { appendMany } from "#domain/journal/append-many.ts";
import type { NewEntry } from "#domain/journal/append.ts";
import type { Block } from "#domain/text/blocks.ts";
import type { Transaction } from "#platform/database.ts";
import { adoptOrphans } from "./adopt-orphans.ts";
import type { PostId, Visibility } from "./post.ts";
import { awaitedAmong, knownAround, nameOf, placeOf, type Known } from "./receive-known.ts";
import { writeReceived, type Addressed, type Placed } from "./receive-write.ts";

/** A post from any network, in the one shape that every adapter brings it to. All networks are equal from here on. */
export type IncomingPost = {
  network: string;
  uri: string;
  url: string | null;
  author: AccountId;
  kind: "note" | "article";
  visibility: Visibility;
  /** The parent's name on its network, and its id when it is one of ours or of our copies. */
  inReplyTo: { uri: string; own?: PostId | undefined } | null;
  publishedAt: Temporal.Instant;
  editedAt: Temporal.Instant | null;
  title: string | null;
  warning: string | null;
  language: string | null;
  /** As received, and made harmless. */
  source: string;
  blocks: Block[];
  pictures: { url: string; alt: string }[];
  /** Accounts that it names, ours and others that we know. */
  mentioned: AccountId[];
  /** The journal entry that it came in. */
  entry: string | null;
};

export type Received =
  | { outcome: "received"; id: PostId; addressed: AccountId[]; missingParent: string | undefined }
  | { outcome: "known"; id: PostId }
  | { outcome: "deleted-before" }
  | { outcome: "blocked" }
  | { outcome: "not-for-us" };

/**
 * Keeps a post from outside, once: peers repeat themselves, so a repeated uri changes nothing.
 * `wanted: "always"` is for what we asked for ourselves, such as the ancestors of a thread.
 */
export async function receivePost(
  tx: Transaction,
  authority: AuthorityId,
  incoming: IncomingPost,
  wanted: Wanted = "if-for-us",
): Promise<Received> {
  const [received] = await receivePosts(tx, authority, [incoming], wanted);
  if (!received) throw new Error(`${incoming.uri} had no outcome`);
  return received;
}

export type Wanted = "if-for-us" | "always";

/**
 * The same for many, in a few queries however many they are; what comes of them is what would come of one after the
 * other. It throws if another process keeps one of several in the same moment: then each must be received alone.
 */
export async function receivePosts(
  tx: Transaction,
  authority: AuthorityId,
  incoming: readonly IncomingPost[],
  wanted: Wanted = "if-for-us",
): Promise<Received[]> {
  const received: Received[] = [];
  for (const set of await inSets(tx, authority, incoming))
    received.push(...(await receiveSet(tx, authority, set, wanted)));
  return received;
}

/** A post for which replies have been waiting moves them into its thread: what comes after it looks anew. */
async function inSets(
  tx: Transaction,
  authority: AuthorityId,
  incoming: readonly IncomingPost[],
): Promise<IncomingPost[][]> {
  if (incoming.length < 2) return incoming.length === 0 ? [] : [[...incoming]];
  const awaited = await awaitedAmong(tx, authority, incoming);
  const sets: IncomingPost[][] = [[]];
  for (const one of incoming) {
    sets.at(-1)?.push(one);
    if (awaited.has(one.uri)) sets.push([]);
    if (one.inReplyTo) awaited.add(one.inReplyTo.uri);
  }
  return sets.filter((set) => set.length > 0);
}

async function receiveSet(
  tx: Transaction,
  authority: AuthorityId,
  set: readonly IncomingPost[],
  wanted: Wanted,
): Promise<Received[]> {
  const known = await knownAround(tx, authority, set, wanted);
  const decided = set.map((incoming) => decide(known, incoming, wanted));
  const fresh = decided.flatMap((one) => ("placed" in one ? [one.placed] : []));
  if (fresh.length > 0) {
    const written = await writeReceived(tx, authority, fresh);
    if (!written) return [await alreadyKept(tx, authority, set)];
    await Promise.all([
      adoptOrphans(
        tx,
        authority,
        fresh.map(({ id, thread, incoming: { uri } }) => ({ id, uri, thread })),
      ),
      appendMany(
        tx,
        fresh.map((placed) => entryOf(authority, placed)),
      ),
    ]);
  }
  return decided.map((one) => ("placed" in one ? receivedAs(one.placed) : one));
}

/** What becomes of it, in view of what is known; if it is kept, those that come after know it, too. */
function decide(known: Known, incoming: IncomingPost, wanted: Wanted): Received | { placed: Placed } {
  const before = known.named.get(nameOf(incoming));
  if (before) return { outcome: "known", id: before.id };
  if (known.deletedBefore.has(`${incoming.author} ${nameOf(incoming)}`)) return { outcome: "deleted-before" };
  if (known.blocked.has(incoming.author)) return { outcome: "blocked" };
  const parent = incoming.inReplyTo ? placeOf(known, incoming.network, incoming.inReplyTo) : undefined;
  const addressed = whomItAddresses(known, incoming, parent);
  if (wanted === "if-for-us" && addressed.length === 0 && !parent && !known.followed.has(incoming.author))
    return { outcome: "not-for-us" };
  const id = known.ids.shift();
  if (!id) throw new Error("there were more posts than ids");
  const thread = parent?.thread ?? id;
  const threadAccount = parent ? parent.threadAccount : incoming.author;
  known.named.set(nameOf(incoming), { id, account: incoming.author, thread, threadAccount });
  return { placed: { incoming, id, thread, parent: parent?.id ?? null, addressed } };
}

/** Which of our accounts it speaks to, and why we say so; the strongest reason counts. */
function whomItAddresses(
  known: Known,
  incoming: IncomingPost,
  parent: { account: AccountId; threadAccount: AccountId | null } | undefined,
): Addressed[] {
  const named = incoming.visibility === "direct" ? "direct" : "mention";
  const candidates: { account: AccountId | null; why: Addressed["why"] }[] = [
    ...incoming.mentioned.map((account) => ({ account, why: named }) as const),
    { account: parent?.account ?? null, why: "reply" },
    { account: parent?.threadAccount ?? null, why: "thread" },
  ];
  const strongest = new Map<AccountId, Addressed>();
  for (const { account, why } of candidates)
    if (account && known.ours.has(account) && account !== incoming.author && !strongest.has(account))
      strongest.set(account, { account, why });
  return [...strongest.values()];
}

function receivedAs({ id, addressed, parent, incoming }: Placed): Received {
  return {
    outcome: "received",
    id,
    addressed: addressed.map((one) => one.account),
    missingParent: parent ? undefined : incoming.inReplyTo?.uri,
  };
}

function entryOf(authority: AuthorityId, { id, thread, addressed, incoming }: Placed): NewEntry {
  const { visibility, entry } = incoming;
  return {
    authority,
    direction: "in",
    kind: "post-received",
    account: incoming.author,
    channel: incoming.network,
    post: id,
    subject: addressed.map((one) => one.account),
    facts: { visibility, thread, entry, version: 1 },
  };
}

/** Another delivery of the same post was quicker by a moment. */
async function alreadyKept(
  tx: Transaction,
  authority: AuthorityId,
  set: readonly IncomingPost[],
): Promise<Received> {
  const [incoming] = set;
  if (!incoming || set.length > 1) throw new Error("another has kept one of several in the same moment");
  const twin = (await knownAround(tx, authority, set, "always")).named.get(nameOf(incoming));
  if (!twin) throw new Error(`${incoming.uri} was neither kept nor found`);
  return { outcome: "known", id: twin.id };
}
