import type { Services } from "#context.ts";
import { entriesAfter, type Entry } from "#domain/journal/entry.ts";
import { openSessionsAmong } from "#domain/people/open-sessions.ts";
import { groupKey, seatKey, type Seat } from "../seat.ts";
import {
  concernsDecks,
  readChanges,
  readPosts,
  renderChanges,
  type Change,
  type Touched,
} from "./changes.ts";
import type { Line } from "./line.ts";

/** A deck that was away for more than this reads its columns again instead. */
const longestResume = 500;
/** How soon a closed session loses its line, and how often the client hears that the line is alive. */
const pulseMs = 5_000;
/** After publishing, how far a post has come is told at these times; nobody writes a fact for it. */
const deliveryLooksMs = [2_000, 8_000, 30_000, 120_000];
const grantKinds = new Set(["account-granted", "account-grant-revoked", "person-roles-changed"]);

export type Hub = {
  /** Lets a line hear everything after a number, each change once; undefined means from now. */
  join(line: Line, after: string | undefined): Promise<void>;
  leave(line: Line): void;
};

/** Lines whose decks read the same rows. Its work is done in turn, so that no line gets things out of order. */
type Group = { seat: Seat; lines: Set<Line>; turn: Promise<void> };

/**
 * Hands what happens to the open decks of this process. Each batch of the journal is read once for each set of
 * granted accounts and rendered once for each way of seeing it, however many decks are open.
 */
export function startHub(services: Services): Hub {
  const { db, clock, log, metrics } = services;
  const groups = new Map<string, Group>();
  const inTurn = (group: Group, work: () => Promise<void>): Promise<void> => {
    group.turn = group.turn.then(work).catch((error: unknown) => {
      // Who has missed something comes back and asks for it.
      log.error("open decks could not be told and are dropped", { error });
      for (const line of group.lines) line.close();
    });
    return group.turn;
  };
  const groupsOf = (authority: string) =>
    [...groups.values()].filter((group) => group.seat.site.authority.id === authority);

  const tell = async (group: Group, entries: readonly Entry[], to: Iterable<Line>): Promise<void> => {
    const last = entries.at(-1);
    const lines = [...to].filter((line) => last && line.sent < BigInt(last.number));
    if (!last || lines.length === 0) return;
    const { site } = group.seat;
    const wanted = entries.filter(concernsDecks);
    if (wanted.length > 0) {
      const touched = await db.read(site.authority.id, (tx) => readChanges(tx, group.seat, wanted));
      sendChanges(lines, touched, last.number);
    }
    for (const line of lines) line.sent = BigInt(last.number);
  };
  const sendChanges = (lines: readonly Line[], touched: Touched, number?: string) => {
    const now = clock();
    const made = new Map<string, Change[]>();
    for (const line of lines) {
      const key = seatKey(line.seat);
      const changes = made.get(key) ?? renderChanges(line.seat, touched, now);
      made.set(key, changes);
      if (changes.length > 0) line.send({ kind: "changes", data: changes, ...(number ? { number } : {}) });
    }
  };

  const stopListening = services.journal.onEntries((entries) => {
    for (const [authority, own] of byAuthority(entries)) {
      for (const group of groupsOf(authority)) {
        closeThoseWhoseGrantsChanged(group, own);
        void inTurn(group, async () => {
          await tell(group, own, group.lines);
          for (const entry of own)
            if (entry.kind === "post-received")
              metrics.inboxToDeckSeconds.observe(clock().since(entry.at).total("seconds"));
        });
      }
      const sent = own.filter((entry) => entry.kind === "post-published" || entry.kind === "post-edited");
      if (sent.length > 0)
        lookForDeliveries(
          authority,
          sent.flatMap((entry) => entry.post ?? []),
        );
    }
  });

  const lookForDeliveries = (authority: string, posts: string[]) => {
    for (const wait of deliveryLooksMs)
      setTimeout(() => {
        for (const group of groupsOf(authority))
          void inTurn(group, async () => {
            const touched = await db.read(group.seat.site.authority.id, (tx) =>
              readPosts(tx, group.seat, posts),
            );
            // Only how it looks: what has gone meanwhile was told by its own entry.
            sendChanges([...group.lines], { ...touched, gone: [] });
          });
      }, wait).unref();
  };

  const pulse = setInterval(() => {
    for (const [authority, lines] of linesByAuthority(groups)) void checkSessions(services, authority, lines);
  }, pulseMs);
  pulse.unref();

  const stop = () => {
    stopListening();
    clearInterval(pulse);
    for (const group of groups.values()) for (const line of group.lines) line.close();
  };
  // A server that closes waits for its answers, and these have no end.
  services.stopping.addEventListener("abort", stop, { once: true });

  return {
    async join(line, after) {
      const key = groupKey(line.seat);
      const group = groups.get(key) ?? { seat: line.seat, lines: new Set(), turn: Promise.resolve() };
      groups.set(key, group);
      group.lines.add(line);
      metrics.openDecks.inc();
      // Until its own turn comes it hears nothing of what others are told.
      line.sent = BigInt(Number.MAX_SAFE_INTEGER);
      await inTurn(group, async () => {
        const from = after ?? services.journal.position();
        line.send({ kind: "hello", data: { seat: seatKey(line.seat) } });
        const entries = await db.read(line.seat.site.authority.id, (tx) =>
          entriesAfter(tx, from, longestResume + 1),
        );
        line.sent = BigInt(from);
        if (entries.length <= longestResume) return tell(group, entries, [line]);
        const head = services.journal.position();
        line.sent = BigInt(head);
        line.send({ kind: "reload", number: head });
      });
    },
    leave(line) {
      const key = groupKey(line.seat);
      const group = groups.get(key);
      if (!group?.lines.delete(line)) return;
      metrics.openDecks.dec();
      if (group.lines.size === 0) groups.delete(key);
    },
  };
}

/** Their decks show accounts that they no longer have, or lack new ones: they come back with what is true. */
function closeThoseWhoseGrantsChanged(group: Group, entries: readonly Entry[]): void {
  const people = new Set(
    entries.filter((entry) => grantKinds.has(entry.kind)).flatMap((entry) => entry.subject),
  );
  for (const line of group.lines) if (people.has(line.person)) line.close();
}

/** A pulse for those whose session is open; the others are shown out. */
async function checkSessions(
  services: Services,
  authority: Seat["site"]["authority"]["id"],
  lines: Line[],
): Promise<void> {
  try {
    const open = await services.db.read(authority, (tx) =>
      openSessionsAmong(
        tx,
        authority,
        lines.map((line) => line.session),
        services.clock(),
      ),
    );
    for (const line of lines) {
      if (!open.has(line.session)) line.close();
      else
        line.send({
          kind: "pulse",
          ...(line.sent <= BigInt(services.journal.position()) ? { number: String(line.sent) } : {}),
        });
    }
  } catch (error) {
    services.log.warn("the sessions of open decks could not be checked", { error });
  }
}

function linesByAuthority(groups: ReadonlyMap<string, Group>): Map<Seat["site"]["authority"]["id"], Line[]> {
  const lines = new Map<Seat["site"]["authority"]["id"], Line[]>();
  for (const { seat, lines: own } of groups.values())
    lines.set(seat.site.authority.id, [...(lines.get(seat.site.authority.id) ?? []), ...own]);
  return lines;
}

function byAuthority(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(entry.authority, [...(groups.get(entry.authority) ?? []), entry]);
  return groups;
}
