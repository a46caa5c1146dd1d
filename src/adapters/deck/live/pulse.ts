import type { Services } from "#context.ts";
import { grantsOf } from "#domain/accounts/grants.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { definitionsOf, shownIn } from "#domain/decks/read-decks.ts";
import { openSessionsAmong } from "#domain/people/open-sessions.ts";
import type { Transaction } from "#platform/database.ts";
import type { Line } from "./line.ts";

/** A pulse for those whose session is open; the others are shown out. Who has just been told something needs none. */
export async function pulseOf(
  services: Services,
  authority: AuthorityId,
  lines: readonly Line[],
  toldSince: WeakSet<Line>,
): Promise<void> {
  try {
    const open = await services.db.read(authority, async (tx) => {
      const sessions = lines.map((line) => line.session);
      const people = lines.map((line) => line.seat.person);
      const [open, speaking] = await Promise.all([
        openSessionsAmong(tx, authority, sessions, services.clock()),
        grantsOf(tx, authority, people),
        readColumnsAgain(tx, authority, lines),
      ]);
      return { sessions: open, speaking };
    });
    const position = services.journal.position();
    for (const line of lines) {
      // A grant may have been taken back between the question that opened the line and its opening.
      const granted = open.speaking.get(line.seat.person);
      const isGranted = line.seat.accounts.every((account) => granted?.has(account.id));
      if (!open.sessions.has(line.session) || !isGranted) line.close();
      else if (!toldSince.delete(line)) {
        const number = line.sent <= BigInt(position) ? { number: String(line.sent) } : {};
        line.send({ kind: "pulse", ...number });
      }
    }
  } catch (error) {
    services.log.warn("the sessions of open decks could not be checked", { error });
  }
}

/** Lines tell of the columns that their deck has now; one that shows something else than before is read again. */
export async function readColumnsAgain(
  tx: Transaction,
  authority: AuthorityId,
  lines: readonly Line[],
): Promise<void> {
  const shown = await shownIn(tx, authority, [...new Set(lines.flatMap((line) => line.deck ?? []))]);
  const changed = lines.filter(({ deck, columns }) => deck && known.get(columns) !== (shown.get(deck) ?? ""));
  if (changed.length === 0) return;
  const decks = [...new Set(changed.flatMap((line) => line.deck ?? []))];
  const columns = Map.groupBy(await definitionsOf(tx, authority, decks), (column) => column.deck);
  for (const line of changed) {
    if (!line.deck) continue;
    const before = new Map(line.columns.map((column) => [column.id, shownBy(column)]));
    line.columns = [...(columns.get(line.deck) ?? [])];
    known.set(line.columns, shown.get(line.deck) ?? "");
    const stale = line.columns.filter(
      (column) => (before.get(column.id) ?? shownBy(column)) !== shownBy(column),
    );
    if (stale.length > 0) line.send({ kind: "changes", data: stale.map(({ id }) => ({ stale: id })) });
  }
}

/** What the deck showed when these columns were read, so that most of the time none need be read again. */
const known = new WeakMap<Line["columns"], string>();

function shownBy({ kind, subject, filters }: Line["columns"][number]): string {
  return JSON.stringify([kind, subject, filters]);
}
