import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Asker, ColumnId } from "./deck.ts";
import { findColumn } from "./read-decks.ts";

/** Keeps how far somebody has read in a column, or whether it may call for them; what is not given stays. */
export async function keepPlace(
  tx: Transaction,
  authority: AuthorityId,
  column: ColumnId,
  asker: Asker,
  place: { position?: string | null; notify?: boolean },
): Promise<{ outcome: "kept" | "not-found" }> {
  const found = await findColumn(tx, authority, column, asker);
  if (!found) return { outcome: "not-found" };
  const position = place.position === undefined ? found.column.position : place.position;
  const notify = place.notify ?? found.column.notify;
  await tx`
    insert into deck_place (authority, person, deck_column, position, notify)
    values (${authority}, ${asker.person}, ${column}, ${position}, ${notify})
    on conflict (authority, person, deck_column) do update
    set position = excluded.position, notify = excluded.notify`;
  return { outcome: "kept" };
}
