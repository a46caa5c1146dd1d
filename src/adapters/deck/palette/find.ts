import { fullHandle } from "#context.ts";
import { isOwn, type Account } from "#domain/accounts/account.ts";
import { completeHandle } from "#domain/accounts/complete-handle.ts";
import { accountsById } from "#domain/accounts/account.ts";
import { listDecks } from "#domain/decks/read-decks.ts";
import { excerpt } from "#domain/text/blocks.ts";
import { searchTimeline } from "#domain/timelines/search-timeline.ts";
import type { Transaction } from "#platform/database.ts";
import { askerOf, deckPath, type Seat } from "../seat.ts";
import { matches, type Found } from "./pages.ts";
import { paletteWords } from "./words.ts";

export type FoundGroup = { name: string; items: Found[] };

const mostOfKind = 6;
const longestExcerpt = 90;
/** One letter means too much to be looked for among all accounts and posts. */
const shortest = 2;

/** What is kept here and has to do with some words: decks, accounts known here, and posts for everyone. Nothing is fetched. */
export async function find(tx: Transaction, seat: Seat, query: string): Promise<FoundGroup[]> {
  const words = paletteWords[seat.language];
  const authority = seat.site.authority.id;
  const decks = (await listDecks(tx, authority, askerOf(seat)))
    .map((deck) => ({
      label: deck.name || words.ownDeck,
      ...(deck.person ? {} : { note: words.teamDeck }),
      href: deckPath({ ...seat, deck: deck.id }, "/deck"),
    }))
    .filter((deck) => matches(deck.label, query))
    .slice(0, mostOfKind);
  if (query.length < shortest) return groups([[words.group.decks, decks]]);
  const accounts = await completeHandle(tx, authority, query.replace(/^@/, ""), mostOfKind);
  const posts = await searchTimeline(tx, authority, query, { limit: mostOfKind });
  const authors = await accountsById(
    tx,
    authority,
    posts.map((post) => post.account),
  );
  return groups([
    [words.group.decks, decks],
    [words.group.ours, accounts.filter(isOwn).map((account) => person(seat, account))],
    [words.group.others, accounts.filter((one) => !isOwn(one)).map((account) => person(seat, account))],
    [
      words.group.posts,
      posts.map((post) => ({
        label: post.title || excerpt(post.blocks, longestExcerpt) || "…",
        note: authors.get(post.account)?.name ?? "",
        href: deckPath(seat, `/deck/posts/${post.id}`),
      })),
    ],
  ]);
}

/** One of our own that may be spoken for becomes the one that acts; anybody else is opened as a column would show them. */
function person(seat: Seat, account: Account): Found {
  const name = account.name || account.handle;
  const note = isOwn(account) ? `@${account.handle}` : fullHandle(account);
  const granted = seat.accounts.find((one) => one.id === account.id);
  const href = granted
    ? deckPath({ ...seat, acting: granted }, "/deck")
    : deckPath(seat, "/deck/columns/new", { kind: "person", person: fullHandle(account) });
  return { label: name, note, href };
}

function groups(all: [name: string, items: Found[]][]): FoundGroup[] {
  return all.flatMap(([name, items]) => (items.length > 0 ? [{ name, items }] : []));
}
