import type { Services } from "#context.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { DeckId } from "#domain/decks/deck.ts";
import { entriesAfter, type Entry } from "#domain/journal/entry.ts";
import { seatKey, type Seat } from "../seat.ts";
import { readChanges } from "./changes.ts";
import type { Line, LineEvent } from "./line.ts";
import { pulseOf, readColumnsAgain } from "./pulse.ts";
import { nothingMade, renderChanges } from "./render-changes.ts";
import { oneForEach } from "#platform/one-for-each.ts";
import { concernsDecks, whatHappened, type Happened } from "./what-happened.ts";

/** A deck that was away for more than this reads its columns again instead. */
const longestResume = 500;
/** How soon a closed session loses its line, how often the client hears that the line is alive, and how soon a column that was changed through another process is shown so. */
const pulseMs = 5_000;
/** Within that time the lines take turns, so that a pulse for a thousand is no hold-up for what happens meanwhile. */
const pulseSlots = 10;
/** After publishing, how far a post has come is told at these times; nobody writes a fact for it. */
const deliveryLooksMs = [2_000, 8_000, 30_000, 120_000];
const grantKinds = new Set(["account-granted", "account-grant-revoked", "person-roles-changed"]);

export type Hub = {
  /** Lets a line hear everything after a number, each change once; undefined means from now. */
  join(line: Line, after: string | undefined): Promise<void>;
  leave(line: Line): void;
  /** Sends what is no fact to the open pages of one person, in this process. */
  tellPerson(authority: AuthorityId, person: string, event: LineEvent): void;
  /** Sends what is no fact to all open pages of an authority, or to those that may hear it. */
  tellAll(authority: AuthorityId, event: LineEvent, options?: { mayHear?: (seat: Seat) => boolean }): void;
  /** After a change of what the columns of a deck show: its lines tell of these from now on. */
  deckChanged(authority: AuthorityId, deck: DeckId): Promise<void>;
};

/** The open lines of one authority. Their work is done in turn, so that no line gets things out of order. */
type Square = {
  authority: AuthorityId;
  lines: Set<Line>;
  turn: Promise<void>;
  /** What has happened since the last turn that told of it: in a flood a turn tells of many batches at once. */
  waiting: Entry[];
};

/** The one hub of this process, begun with the first deck: a process that serves none has no need of it. */
export const hubOf = oneForEach(startHub);

/**
 * Hands what happens to the open decks of this process. Of each batch of the journal each distinct column is read
 * once, and rendered once for each way of seeing it, however many decks are open.
 */
function startHub(services: Services): Hub {
  const { db, clock, log, metrics } = services;
  const squares = new Map<string, Square>();
  /** Since their last pulse. */
  const toldSince = new WeakSet<Line>();
  const inTurn = (square: Square, work: () => Promise<void>): Promise<void> => {
    square.turn = square.turn.then(work).catch((error: unknown) => {
      // Who has missed something comes back and asks for it.
      log.error("open decks could not be told and are dropped", { error });
      for (const line of square.lines) line.close();
    });
    return square.turn;
  };

  const tellWaiting = async (square: Square): Promise<void> => {
    const entries = square.waiting.splice(0);
    await tell(square, entries, square.lines);
    for (const entry of entries)
      if (entry.kind === "post-received")
        metrics.inboxToDeckSeconds.observe(clock().since(entry.at).total("seconds"));
  };
  const tell = async (square: Square, entries: readonly Entry[], to: Iterable<Line>): Promise<void> => {
    const last = entries.at(-1);
    if (!last) return;
    // Whoever has just come may have been told of the first of them already.
    const numbers = entries.map((entry) => BigInt(entry.number));
    const groups = Map.groupBy(to, (line) => numbers.findIndex((number) => line.sent < number));
    for (const [first, lines] of groups) {
      if (first < 0) continue;
      const happened = whatHappened(entries.slice(first));
      if (concernsDecks(happened)) await sendChanges(square, lines, happened, last.number);
      for (const line of lines) line.sent = numbers.at(-1) ?? line.sent;
    }
  };
  const sendChanges = async (
    { authority }: Square,
    lines: readonly Line[],
    happened: Happened,
    number?: string,
  ): Promise<void> => {
    // Some posts by name, always by index.
    const read = await db.read(authority, (tx) => readChanges(tx, lines, happened), { plans: "kept" });
    const now = clock();
    const made = nothingMade();
    for (const line of lines) {
      const json = renderChanges(line, happened, read, made, now);
      if (json === undefined) continue;
      line.send({ kind: "changes", json, ...(number ? { number } : {}) });
      toldSince.add(line);
    }
  };

  const stopListening = services.journal.onEntries(async (entries) => {
    const turns: Promise<void>[] = [];
    for (const [authority, own] of byAuthority(entries)) {
      const square = squares.get(authority);
      if (!square) continue;
      closeThoseWhoseGrantsChanged(square, own);
      square.waiting.push(...own);
      // Else its turn is to come.
      if (square.waiting.length === own.length) void inTurn(square, () => tellWaiting(square));
      turns.push(square.turn);
      const sent = own.filter((entry) => entry.kind === "post-published" || entry.kind === "post-edited");
      const posts = sent.flatMap((entry) => entry.post ?? []);
      if (posts.length > 0) lookForDeliveries(square, posts);
    }
    await Promise.all(turns);
  });

  /** Only how it looks: what has gone meanwhile was told by its own entry. */
  const lookForDeliveries = (square: Square, posts: string[]) => {
    for (const wait of deliveryLooksMs)
      setTimeout(() => {
        void inTurn(square, () => sendChanges(square, [...square.lines], { ...whatHappened([]), posts }));
      }, wait).unref();
  };

  const slots = new WeakMap<Line, number>();
  let slot = 0;
  let joined = 0;
  const pulse = setInterval(() => {
    slot = (slot + 1) % pulseSlots;
    for (const { authority, lines } of squares.values()) {
      const due = [...lines].filter((line) => slots.get(line) === slot);
      if (due.length > 0) void pulseOf(services, authority, due, toldSince);
    }
  }, pulseMs / pulseSlots);
  pulse.unref();

  const stop = () => {
    stopListening();
    clearInterval(pulse);
    for (const square of squares.values()) for (const line of square.lines) line.close();
  };
  // A server that closes waits for its answers, and these have no end.
  services.stopping.addEventListener("abort", stop, { once: true });

  return {
    async join(line, after) {
      const authority = line.seat.site.authority.id;
      const square: Square = squares.get(authority) ?? {
        authority,
        lines: new Set(),
        turn: Promise.resolve(),
        waiting: [],
      };
      squares.set(authority, square);
      square.lines.add(line);
      slots.set(line, joined++ % pulseSlots);
      metrics.openDecks.inc();
      // Until its own turn comes it hears nothing of what others are told.
      line.sent = BigInt(Number.MAX_SAFE_INTEGER);
      await inTurn(square, async () => {
        const from = after ?? services.journal.position();
        line.send({ kind: "hello", data: { seat: seatKey(line.seat) } });
        const entries = await db.read(authority, (tx) => entriesAfter(tx, from, longestResume + 1));
        line.sent = BigInt(from);
        if (entries.length <= longestResume) return tell(square, entries, [line]);
        const head = services.journal.position();
        line.sent = BigInt(head);
        line.send({ kind: "reload", number: head });
      });
    },
    leave(line) {
      const square = squares.get(line.seat.site.authority.id);
      if (!square?.lines.delete(line)) return;
      metrics.openDecks.dec();
      if (square.lines.size === 0) squares.delete(square.authority);
    },
    tellPerson(authority, person, event) {
      for (const line of squares.get(authority)?.lines ?? []) if (line.person === person) line.send(event);
    },
    tellAll(authority, event, { mayHear } = {}) {
      for (const line of squares.get(authority)?.lines ?? [])
        if (!mayHear || mayHear(line.seat)) line.send(event);
    },
    async deckChanged(authority, deck) {
      const square = squares.get(authority);
      if (!square) return;
      await inTurn(square, async () => {
        const lines = [...square.lines].filter((line) => line.deck === deck);
        if (lines.length > 0) await db.read(authority, (tx) => readColumnsAgain(tx, authority, lines));
      });
    },
  };
}

/** Their decks show accounts that they no longer have, or lack new ones: they come back with what is true. */
function closeThoseWhoseGrantsChanged(square: Square, entries: readonly Entry[]): void {
  const people = new Set(
    entries.filter((entry) => grantKinds.has(entry.kind)).flatMap((entry) => entry.subject),
  );
  for (const line of square.lines) if (people.has(line.person)) line.close();
}

function byAuthority(entries: readonly Entry[]): Map<AuthorityId, Entry[]> {
  const groups = new Map<AuthorityId, Entry[]>();
  for (const entry of entries) {
    const { authority } = entry;
    groups.set(authority, [...(groups.get(authority) ?? []), entry]);
  }
  return groups;
}
