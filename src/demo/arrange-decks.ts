import { findAccount, type AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { addColumn } from "#domain/decks/change-columns.ts";
import { ensureOwnDeck, makeDeck, shareDeck } from "#domain/decks/change-decks.ts";
import type { Asker, ColumnDefinition, DeckId } from "#domain/decks/deck.ts";
import type { PersonId } from "#domain/people/person.ts";
import { receiveFollowAnswer, requestFollow } from "#domain/relationships/follows.ts";
import { addMember, findList, makeList } from "#domain/relationships/lists.ts";
import type { Transaction } from "#platform/database.ts";
import type { Example } from "./fill-example.ts";
import { names } from "./questions.ts";
import type { Story } from "./tell-story.ts";

type Column = { name?: string } & Partial<ColumnDefinition> & Pick<ColumnDefinition, "kind">;

/** Anna's own deck, and one that the whole team has. */
export async function arrangeDecks(
  tx: Transaction,
  { authority: { id }, admin, voice, office }: Example,
  colleague: PersonId,
  { asa, per, mira }: Story["residents"],
): Promise<void> {
  const anna: Asker = { person: admin.id, admin: true };
  const own = await ensureOwnDeck(tx, id, anna);
  await addColumns(tx, id, own.id, anna, [
    { kind: "inbox", name: names.unanswered, filters: { unanswered: true } },
    { kind: "tag", subject: { tags: [names.poolTag] }, name: names.poolColumn },
    { kind: "drafts" },
    { kind: "notifications" },
  ]);
  // Whoever reads as the office, in an app or a column, has somebody at home.
  for (const resident of [asa, mira]) await follow(tx, id, office.id, resident, admin.id);
  const maria: Asker = { person: colleague, admin: false };
  const team = await makeDeck(tx, id, maria, names.team);
  if (team.outcome !== "changed") throw new Error(`the example's team deck: ${team.outcome}`);
  await shareDeck(tx, id, team.deck.id, maria, true);
  await addColumns(tx, id, team.deck.id, maria, [
    { kind: "inbox", name: names.unanswered, filters: { unanswered: true } },
    { kind: "search", subject: { query: "ramp" }, name: names.accessibility },
    { kind: "list", subject: { list: await followNeighbours(tx, id, voice.id, admin.id, [asa, per]) } },
    { kind: "drafts" },
  ]);
}

async function addColumns(
  tx: Transaction,
  id: AuthorityId,
  deck: DeckId,
  asker: Asker,
  columns: readonly Column[],
): Promise<void> {
  for (const column of columns) {
    const added = await addColumn(tx, id, deck, asker, { subject: {}, filters: {}, ...column });
    if (added.outcome !== "added") throw new Error(`the example's column: ${added.outcome}`);
  }
}

/** The authority follows some residents, whose servers have accepted, and reads them as a list. */
async function followNeighbours(
  tx: Transaction,
  id: AuthorityId,
  voice: AccountId,
  person: PersonId,
  neighbours: readonly AccountId[],
) {
  const made = await makeList(tx, id, { account: voice, title: names.neighbours });
  const list = made.outcome === "made" && (await findList(tx, id, made.id, [voice]));
  if (!list) throw new Error(`the example's list: ${made.outcome}`);
  for (const neighbour of neighbours) {
    await follow(tx, id, voice, neighbour, person);
    await addMember(tx, id, list, neighbour);
  }
  return list.id;
}

/** The other end accepts at once. */
async function follow(
  tx: Transaction,
  id: AuthorityId,
  follower: AccountId,
  other: AccountId,
  person: PersonId,
): Promise<void> {
  const followed = await findAccount(tx, id, other);
  if (!followed) throw new Error("the example's neighbour is not there");
  const asked = await requestFollow(tx, id, { follower, followed, person });
  await receiveFollowAnswer(tx, id, { follow: asked.id, by: other, accepted: true, entry: null });
}
