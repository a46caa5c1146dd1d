import { pathIn } from "#context.ts";
import { paths } from "#ui/staff-page.ts";
import { carePaths } from "../care-rules/places.ts";
import { deckPath, type Seat } from "../seat.ts";
import { paletteWords } from "./words.ts";

/** A place that the palette leads to. */
export type Found = { label: string; note?: string; href: string };

/** The pages of the deck that this person may open. */
export function pagesFor(seat: Seat): Found[] {
  const words = paletteWords[seat.language].page;
  const deck = (label: string, path: string) => ({ label, href: deckPath(seat, path) });
  const settings = (label: string, path: string) => ({
    label,
    href: pathIn(seat.site.authority, seat.language, path),
  });
  return [
    deck(words.deck, "/deck"),
    deck(words.waiting, "/deck/care"),
    deck(words.notifications, "/deck/notifications"),
    deck(words.drafts, "/deck/drafts"),
    deck(words.planned, "/deck/planned"),
    deck(words.decks, "/deck/decks"),
    deck(words.addColumn, "/deck/columns/new"),
    ...(seat.acting ? [deck(words.follow, "/deck/follow")] : []),
    settings(words.own, paths.own),
    settings(words.accounts, paths.accounts),
    settings(words.times, carePaths.times),
    settings(words.care, carePaths.rules),
    settings(words.canned, carePaths.canned),
    settings(words.absence, carePaths.absence),
    settings(words.concerns, carePaths.concerns),
    ...(seat.admin ? [settings(words.people, paths.people), settings(words.authority, paths.authority)] : []),
    ...(seat.admin || seat.moderator ? [settings(words.deliveries, paths.deliveries)] : []),
    ...(seat.moderator ? [settings(words.moderation, paths.moderation)] : []),
  ];
}

/** Whether every word that was typed begins a word of the text. */
export function matches(text: string, typed: string): boolean {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return fold(typed)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}

function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
