import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Reader } from "#ui/words.ts";
import { conversation } from "../columns/column-place.ts";
import { itemHtml } from "../columns/item-html.ts";
import { readerOf, type Seat } from "../seat.ts";
import type { Change, Read } from "./changes.ts";
import type { Line, LiveColumn } from "./line.ts";
import { sightOf, type View } from "./sights.ts";
import type { Happened } from "./what-happened.ts";

/** What was made of one batch, to be used again for all who see it alike. */
export type Made = {
  columns: Map<string, Column>;
  lines: Map<string, Template>;
  /** By language: what day it is costs more to know than the rest of a small post. */
  readers: Map<string, Reader>;
};

export function nothingMade(): Made {
  return { columns: new Map(), lines: new Map(), readers: new Map() };
}

/** The changes as one line is told of them, as a list in JSON; undefined when there are none. */
export function renderChanges(
  line: Pick<Line, "seat" | "columns">,
  happened: Happened,
  read: Read,
  made: Made,
  now: Temporal.Instant,
): string | undefined {
  const { seat, columns } = line;
  const { alike, views } = sightOf(line);
  const stale = staleAmong(columns, seat, happened);
  const key = stale ? `${alike}\n${stale.join(" ")}` : alike;
  const template = made.lines.get(key) ?? templateOf(seat, views, stale, happened, read, made, now);
  made.lines.set(key, template);
  return template.isEmpty ? undefined : filled(template, columns);
}

/** Stands for a column's id until it is known whose column it is: no text can hold it, for PostgreSQL stores none. */
const anyColumn = "\u0000";

/** JSON in parts: between them stand ids of columns, which alone differ from deck to deck. */
type Parts = string[];
type Column = { puts: readonly Parts[]; left: readonly string[] };
/** `holes`: which of the line's columns is named between each part and the next. */
type Template = { parts: Parts; holes: number[]; isEmpty: boolean };

function filled({ parts: [first = "", ...parts], holes }: Template, columns: readonly LiveColumn[]): string {
  let text = first;
  for (const [n, part] of parts.entries()) text += (columns[holes[n] ?? 0]?.id ?? "") + part;
  return text;
}

function templateOf(
  seat: Seat,
  views: readonly View[],
  stale: readonly number[] | undefined,
  happened: Happened,
  read: Read,
  made: Made,
  now: Temporal.Instant,
): Template {
  const holes: number[] = [];
  const changes: string[] = [];
  const say = (hole: number, change: Parts) => {
    changes.push(change.join(anyColumn));
    for (let n = 1; n < change.length; n++) holes.push(hole);
  };
  for (const [n, view] of views.entries()) {
    const { puts, left } = columnOf(seat, view, read, made, now);
    for (const put of puts) say(n, put);
    for (const gone of left) say(n, [`{"gone":"${gone}","column":"`, `"}`]);
    if (stale?.includes(n)) say(n, [`{"stale":"`, `"}`]);
  }
  for (const { post, boost } of happened.undone) say(0, said({ gone: post, position: boost }));
  for (const gone of happened.removed) say(0, said({ gone }));
  return { parts: `[${changes.join(",")}]`.split(anyColumn), holes, isEmpty: changes.length === 0 };
}

function columnOf(
  seat: Seat,
  { column, key, seen }: View,
  read: Read,
  made: Made,
  now: Temporal.Instant,
): Column {
  const rows = read.columns.get(key);
  if (!rows) return nothing;
  const known = made.columns.get(seen);
  if (known) return known;
  const loaded = read.loaded.get(seat.language);
  const reader = made.readers.get(seat.language) ?? readerOf(seat, now);
  made.readers.set(seat.language, reader);
  // The page of a conversation is no column: posts look otherwise there.
  const place = column.id === conversation.id ? conversation : { id: anyColumn, kind: column.kind };
  const puts = loaded
    ? rows.items.map((item) => putOf(itemHtml(seat, place, item, loaded, reader).text, item))
    : [];
  const rendered = { puts, left: rows.left };
  made.columns.set(seen, rendered);
  return rendered;
}

const nothing: Column = { puts: [], left: [] };

/** Split before it becomes JSON: there a NUL would look like what somebody may have written. */
function putOf(put: string, { position, id }: TimelineItem): Parts {
  const html = put.split(anyColumn).map((part) => JSON.stringify(part).slice(1, -1));
  const text = `{"put":"${html.join(anyColumn)}","column":"${anyColumn}","position":"${position}","post":"${id}"}`;
  return text.split(anyColumn);
}

function said(change: Change): Parts {
  return [JSON.stringify(change)];
}

/** The columns, by their places, that must be read again; undefined when there are none. */
function staleAmong(columns: readonly LiveColumn[], seat: Seat, happened: Happened): number[] | undefined {
  const { follows, drafts } = happened;
  if (follows.size === 0 && drafts.size === 0) return undefined;
  const own = (ids: ReadonlySet<string>) => seat.accounts.some((account) => ids.has(account.id));
  return columns.flatMap(({ kind }, n) => {
    if (kind === "home") return own(follows) ? [n] : [];
    return kind === "drafts" && (drafts.has(seat.person) || own(drafts)) ? [n] : [];
  });
}
