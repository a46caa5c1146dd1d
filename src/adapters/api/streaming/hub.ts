import { addAbortListener } from "node:events";
import type { Services } from "#context.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { hearKept, type Kept } from "#domain/accounts/kept.ts";
import { livingTokens } from "#domain/accounts/living-tokens.ts";
import type { Entry } from "#domain/journal/entry.ts";
import { hearNotified, type Notified } from "#domain/notifications/notified.ts";
import { holds } from "../scopes.ts";
import { messageOf, type Listener, type Message } from "./listener.ts";
import { notificationsSince, newestNotification } from "./read-notifications.ts";
import { readTidings, type Ear } from "./read-tidings.ts";
import { streamKey } from "./streams.ts";
import { begunOnce } from "#platform/begun-once.ts";
import { oneForEach } from "#platform/one-for-each.ts";
import { concernsTokens, tidingsOf } from "./tidings.ts";

/** How soon a connection is closed whose token has gone without a word in the journal. */
const lookMs = 5_000;
/** Every third look is a beat as well. */
const looksABeat = 3;

/** In a flood so much is told at a time, so that quick readers can take it before the next comes. */
const mostAtOnce = 25;

export type Hub = {
  /** Resolves when nothing that happens from now on is missed. */
  join(listener: Listener): Promise<void>;
  leave(listener: Listener): void;
  /** All that are open, of every authority. */
  open(): Iterable<Listener>;
};

/** The open connections of one authority. Their work is done in turn, so that nothing is told out of order. */
type Square = {
  authority: AuthorityId;
  listeners: Set<Listener>;
  turn: Promise<void>;
  /** What has happened since the last turn that told of it. */
  waiting: Entry[];
  /** The last notification that each account was told of. */
  notified: Map<string, string>;
};

/** The one hub of this process, begun with the first connection. */
export const streamingHubOf = oneForEach(startHub);

/**
 * Tells the apps that are connected to this process what happens. Of each batch of the journal each account's
 * streams are read and written out once, however many apps listen to them.
 */
function startHub(services: Services): Hub {
  const { db, log } = services;
  const squares = new Map<string, Square>();
  const inTurn = (square: Square, work: () => Promise<void>): Promise<void> => {
    square.turn = square.turn.then(work).catch((error: unknown) => {
      // Whoever has missed something comes back and reads it.
      log.error("open streams could not be told and are closed", { error });
      square.waiting.length = 0;
      for (const listener of square.listeners) listener.close();
    });
    return square.turn;
  };

  const tellWaiting = async (square: Square): Promise<void> => {
    while (square.waiting.length > 0) await tell(square, square.waiting.splice(0, mostAtOnce));
  };
  const tell = async (square: Square, entries: readonly Entry[]): Promise<void> => {
    if (entries.some(concernsTokens)) await closeDead(services, square);
    const tidings = tidingsOf(entries);
    if (tidings.length === 0 || square.listeners.size === 0) return;
    const listeners = [...square.listeners];
    const ears = earsOf(listeners);
    const told = await db.read(square.authority, (tx) => readTidings(tx, ears, tidings));
    const made = new Map<string, Message[]>();
    for (const listener of listeners)
      for (const [key, stream] of listener.streams) {
        const account = listener.caller.account.id;
        const place = `${account} ${key}`;
        const messages =
          made.get(place) ??
          (told.get(account)?.get(key) ?? []).map(({ event, payload }) => messageOf(stream, event, payload));
        made.set(place, messages);
        for (const message of messages) listener.send(message);
      }
  };

  const tellNotified = async (square: Square, accounts: readonly string[] | undefined): Promise<void> => {
    const listening = earsOf([...square.listeners]).filter(
      ({ caller }) => !accounts || accounts.includes(caller.account.id),
    );
    if (listening.length === 0) return;
    const told = await db.read(square.authority, (tx) =>
      Promise.all(
        listening.map(async (ear) => ({
          ear,
          ...(await notificationsSince(tx, ear, square.notified.get(ear.caller.account.id))),
        })),
      ),
    );
    for (const { ear, newest, payloads } of told) {
      const account = ear.caller.account.id;
      if (newest) square.notified.set(account, newest);
      for (const payload of payloads)
        sayTo(square, account, ["user", "user:notification"], "notification", payload);
    }
  };

  const sayTo = (
    square: Square,
    account: string,
    names: readonly string[],
    event: string,
    payload?: string,
  ) => {
    const made = new Map<string, Message>();
    for (const listener of square.listeners) {
      if (listener.caller.account.id !== account) continue;
      for (const [key, stream] of listener.streams) {
        if (!names.includes(stream.name) || (event === "notification" && !mayBeNotified(listener))) continue;
        const message = made.get(key) ?? messageOf(stream, event, payload);
        made.set(key, message);
        listener.send(message);
      }
    }
  };

  const stopFollowing = services.journal.onEntries(async (entries) => {
    const turns: Promise<void>[] = [];
    for (const [authority, own] of Map.groupBy(entries, (entry) => entry.authority)) {
      const square = squares.get(authority);
      if (!square) continue;
      square.waiting.push(...own);
      // Else its turn is to come.
      if (square.waiting.length === own.length) void inTurn(square, () => tellWaiting(square));
      turns.push(square.turn);
    }
    await Promise.all(turns);
  });
  const onNotified = ({ authority, accounts }: Notified) => {
    const square = squares.get(authority);
    if (square) void inTurn(square, () => tellNotified(square, accounts));
  };
  const onKept = ({ authority, account, what }: Kept) => {
    const square = squares.get(authority);
    if (!square || account === null || what !== "filters") return;
    void inTurn(square, async () => sayTo(square, account, ["user"], "filters_changed"));
  };
  const hear = begunOnce(async () => {
    const ears = await Promise.all([hearNotified(db, onNotified), hearKept(db, onKept)]);
    addAbortListener(services.stopping, () => void Promise.all(ears.map((ear) => ear.stop())));
  });

  let looks = 0;
  const look = setInterval(() => {
    const isBeat = ++looks % looksABeat === 0;
    for (const square of squares.values()) {
      if (isBeat) for (const listener of square.listeners) listener.beat();
      void closeDead(services, square);
    }
  }, lookMs);
  look.unref();

  const stop = () => {
    stopFollowing();
    clearInterval(look);
    for (const square of squares.values()) for (const listener of square.listeners) listener.close();
  };
  // A server that closes waits for its answers, and these have no end.
  addAbortListener(services.stopping, stop);

  const leave = (listener: Listener) => {
    const square = squares.get(listener.site.authority.id);
    if (!square?.listeners.delete(listener)) return;
    if (square.listeners.size === 0) squares.delete(square.authority);
    const { id } = listener.caller.account;
    // What comes while nobody listens is not told to those who come later.
    if (![...square.listeners].some(({ caller }) => caller.account.id === id)) square.notified.delete(id);
  };

  return {
    async join(listener) {
      const authority = listener.site.authority.id;
      const square: Square = squares.get(authority) ?? {
        authority,
        listeners: new Set(),
        turn: Promise.resolve(),
        waiting: [],
        notified: new Map(),
      };
      squares.set(authority, square);
      square.listeners.add(listener);
      await hear().catch((error: unknown) => {
        log.error("what changes cannot be heard of", { error });
        leave(listener);
        throw error;
      });
      const account = listener.caller.account.id;
      await inTurn(square, async () => {
        if (square.notified.has(account)) return;
        square.notified.set(
          account,
          await db.read(authority, (tx) => newestNotification(tx, authority, account)),
        );
      });
      if (services.stopping.aborted) listener.close();
    },
    leave,
    *open() {
      for (const square of squares.values()) yield* square.listeners;
    },
  };
}

function mayBeNotified({ caller }: Listener): boolean {
  return holds(caller.scopes, "read:notifications");
}

/** The accounts that are listened for, each once. */
function earsOf(listeners: readonly Listener[]): Ear[] {
  const ears = new Map<string, Ear>();
  for (const { site, caller, streams } of listeners) {
    const ear = ears.get(caller.account.id) ?? { site, caller, streams: new Map() };
    for (const stream of streams.values()) ear.streams.set(streamKey(stream), stream);
    ears.set(caller.account.id, ear);
  }
  return [...ears.values()];
}

/** Whoever may no longer speak for an account hears no more of it. */
async function closeDead({ db, log }: Services, square: Square): Promise<void> {
  const listeners = [...square.listeners];
  try {
    const living = await db.read(square.authority, (tx) =>
      livingTokens(
        tx,
        square.authority,
        listeners.map(({ caller }) => caller.token),
      ),
    );
    for (const listener of listeners) if (!living.has(listener.caller.token)) listener.close();
  } catch (error) {
    log.warn("the tokens of open streams could not be checked", { error });
  }
}
