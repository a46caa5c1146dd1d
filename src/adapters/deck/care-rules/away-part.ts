import { standInFor, type StandIn } from "#domain/care/absence.ts";
import { careOf } from "#domain/care/care.ts";
import { assignablesOf } from "#domain/care/may-care.ts";
import { namesOfPeople, type PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { defineWords } from "#platform/i18n.ts";
import { button, notice } from "#ui/controls.ts";
import type { Reader } from "#ui/words.ts";
import { deckPath, type Seat } from "../seat.ts";

/** That whoever has a thread is away, and one press to give it to their substitute; null when they are not. */
export async function awayPart(
  tx: Transaction,
  seat: Seat,
  thread: PostId,
  reader: Reader,
): Promise<Html | null> {
  const authority = seat.site.authority.id;
  const care = (await careOf(tx, authority, [thread])).get(thread);
  if (!care?.assigneePerson) return null;
  const today = reader.today.toZonedDateTime(reader.zone).toInstant();
  const standIn = await standInFor(tx, authority, care.assigneePerson, today);
  if (!standIn.away) return null;
  const said = await sayAway(tx, seat, care.assigneePerson, standIn);
  const { substitute } = standIn;
  const { people } = await assignablesOf(tx, authority, care);
  const offered = people.find(({ id }) => id === substitute);
  const form = offered
    ? html`<form method="post" action="${deckPath(seat, `/deck/care/${thread}/assign`)}" data-care-form>
        <input type="hidden" name="to" value="${offered.id}" /><input type="hidden" name="version" value="${care.version}" />
        ${button({ label: words[seat.language].give(offered.name), look: "plain", icon: "account" })}
      </form>`
    : null;
  return notice({ tone: "info", title: said, ...(form ? { body: form } : {}) }, seat);
}

/** "Bo Ek är borta till och med 2026-12-30 och ersätts av Cy Berg."; undefined for one who is there. */
export async function awaySaid(
  tx: Transaction,
  seat: Pick<Seat, "site" | "language">,
  person: PersonId,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const standIn = await standInFor(tx, seat.site.authority.id, person, now);
  return standIn.away ? sayAway(tx, seat, person, standIn) : undefined;
}

async function sayAway(
  tx: Transaction,
  seat: Pick<Seat, "site" | "language">,
  person: PersonId,
  { substitute, lastDay }: Extract<StandIn, { away: true }>,
): Promise<string> {
  const authority = seat.site.authority.id;
  const names = await namesOfPeople(tx, authority, substitute ? [person, substitute] : [person]);
  const said = words[seat.language];
  const name = names.get(person) ?? "";
  return substitute ? said.replaced(name, lastDay, names.get(substitute) ?? "") : said.away(name, lastDay);
}

const words = defineWords(
  {
    away: (name: string, day: string) => `${name} är borta till och med ${day} och har ingen ersättare.`,
    replaced: (name: string, day: string, other: string) =>
      `${name} är borta till och med ${day} och ersätts av ${other}.`,
    give: (name: string) => `Ge samtalet till ${name}`,
  },
  {
    away: (name, day) => `${name} is away until and including ${day} and has no substitute.`,
    replaced: (name, day, other) => `${name} is away until and including ${day}; ${other} stands in.`,
    give: (name) => `Give the thread to ${name}`,
  },
);
