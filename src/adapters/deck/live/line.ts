import type { ColumnDefinition, DeckId } from "#domain/decks/deck.ts";
import type { SessionId } from "#domain/people/session.ts";
import { openEventBody, type Outgoing } from "#platform/event-body.ts";
import type { Seat } from "../seat.ts";

/** A column that a line tells of: one of a deck, or the conversation ("thread") that a page is about. */
export type LiveColumn = ColumnDefinition & { id: string };

/** Whose line it is, and what it tells of. */
export type Listener = {
  seat: Seat;
  session: SessionId;
  person: string;
  /** The deck that is open; undefined on the page of a conversation. */
  deck: DeckId | undefined;
  columns: readonly LiveColumn[];
};

/** One page's open line. */
export type Line = Listener & {
  /** Everything up to this number of the journal has been sent. */
  sent: bigint;
  /** Sends one event, or an empty one that only carries how far we are. */
  send(event: LineEvent): void;
  close(): void;
};
export type LineEvent = {
  kind: "hello" | "changes" | "presence" | "notice" | "reload" | "pulse";
  number?: string;
  data?: unknown;
  /** The data as they are sent, where they are made for many lines at once. */
  json?: string;
};

/** What may wait for a slow reader. Beyond it the line is dropped: the deck resumes with what it has. */
const bufferBytes = 512 * 1024;

/** A line over server-sent events (HTML Standard, 9.2), and the body that carries it. */
export function openLine(
  who: Listener,
  onClose: (line: Line) => void,
  outgoing?: Outgoing,
): { line: Line; body: ReadableStream<Uint8Array> } {
  const { body, write, close } = openEventBody({ mostWaiting: bufferBytes, outgoing }, () => onClose(line));
  const line: Line = {
    ...who,
    sent: 0n,
    send: (event) => write(serialise(event)),
    close,
  };
  return { line, body };
}

function serialise({ kind, number, data, json }: LineEvent): string {
  const id = number === undefined ? "" : `id: ${number}\n`;
  if (kind === "pulse") return `: still here\n${id}\n`;
  return `event: ${kind}\n${id}data: ${json ?? JSON.stringify(data ?? {})}\n\n`;
}
