import type { Context } from "hono";
import type { Env, Site } from "#context.ts";
import { pathIn } from "#context.ts";
import type { Account, AccountId } from "#domain/accounts/account.ts";
import type { Asker, DeckId } from "#domain/decks/deck.ts";
import type { Viewer } from "#domain/posts/visible-to.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Language } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import type { Reader } from "#ui/words.ts";
import { speaksFor } from "./guard.ts";

/** Who sits at a deck, and what decides how posts look there. */
export type Seat = {
  site: Site;
  language: Language;
  /** All accounts that one may speak for. */
  accounts: readonly Account[];
  /** The one that boosts, favours and writes unless told otherwise; none without a grant. */
  acting: Account | undefined;
  moderator: boolean;
  /** Changes what all share. */
  admin: boolean;
  /** Says nothing about how posts look: those of equal seats are made once for all of them. */
  person: PersonId;
  /** The deck that is open, when it is not the person's first; every link within it keeps it. */
  deck?: DeckId | undefined;
};

/** The seat of a request; `account` in its query chooses who acts. Undefined when that account is not granted. */
export function seatOf(c: Context<Env>): Seat | undefined {
  const asked = c.req.query("account");
  const acting = asked ? speaksFor(c, asked) : c.get("person").accounts[0];
  if (asked && !acting) return undefined;
  return { ...firstSeat(c), acting, deck: parseId<"deck">(c.req.query("deck")) };
}

/** Where one sits having asked for nothing in particular. */
export function firstSeat(c: Context<Env>): Seat {
  const person = c.get("person");
  return {
    site: c.get("site"),
    language: c.get("language"),
    accounts: person.accounts,
    acting: person.accounts[0],
    person: person.id,
    moderator: person.roles.includes("moderator"),
    admin: person.roles.includes("admin"),
  };
}

/** Who asks for a deck, or for a change of one. */
export function askerOf(seat: Pick<Seat, "person" | "admin">): Asker {
  return { person: seat.person, admin: seat.admin };
}

export function accountIds(seat: Pick<Seat, "accounts">): AccountId[] {
  return seat.accounts.map((account) => account.id);
}

/** A colleague with the accounts of the seat. */
export function viewerOf(seat: Pick<Seat, "accounts">): Viewer {
  return { kind: "staff", accounts: accountIds(seat) };
}

/** Equal for seats to which the same rows say the same. */
export function groupKey(seat: Seat): string {
  return [seat.site.authority.id, seat.language, ...accountIds(seat)].join(" ");
}

/** Equal for seats that are shown the same rows in the same way. */
export function seatKey(seat: Seat): string {
  return `${groupKey(seat)} / ${seat.acting?.id ?? ""} ${seat.deck ?? ""} ${seat.moderator ? "moderator" : ""}`;
}

/** Where an act was made from, if that is a page of the deck; else the deck. */
export function backPath(c: Context<Env>, seat: Seat): string {
  const deck = deckPath(seat, "/deck");
  const from = URL.parse(c.req.header("referer") ?? "");
  const isDeck =
    from?.origin === seat.site.origin &&
    from.pathname.startsWith(`${pathIn(seat.site.authority, seat.language, "/deck")}/posts/`);
  return isDeck ? from.pathname + from.search : deck;
}

/** A path of the deck in the seat's language; the acting account and the open deck go with it. */
export function deckPath(seat: Seat, path: string, query: Record<string, string | undefined> = {}): string {
  const all = new URLSearchParams();
  if (seat.acting && seat.accounts.length > 1) all.set("account", seat.acting.id);
  if (seat.deck) all.set("deck", seat.deck);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) all.set(name, value);
  const text = all.toString();
  return pathIn(seat.site.authority, seat.language, path) + (text ? `?${text}` : "");
}

export function readerOf(seat: Pick<Seat, "site" | "language">, now: Temporal.Instant): Reader {
  const { zone } = seat.site.authority;
  return { language: seat.language, zone, today: now.toZonedDateTimeISO(zone).toPlainDate(), now };
}
