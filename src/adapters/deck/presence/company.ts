import { addAbortListener } from "node:events";
import type { Services } from "#context.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { seesThread } from "#domain/posts/sees-thread.ts";
import { begunOnce } from "#platform/begun-once.ts";
import type { Line } from "../live/line.ts";
import { accountIds, viewerOf, type Seat } from "../seat.ts";
import { betweenProcesses, type Between } from "./between-processes.ts";
import { PresenceBoard, type Sign } from "./board.ts";

/** How often those who have gone without a word are looked for. */
const sweepMs = 5_000;
/** How long it is remembered who may see a thread. */
const knownMs = 30_000;
const mostKnown = 5_000;

/** The open decks of this process, and what they hear of each other. */
export type Company = {
  join(line: Line): void;
  leave(line: Line): void;
  lines(authority: AuthorityId): Iterable<Line>;
  /** Whether whoever sits there may see anything of a thread, and so hear of it. */
  maySee(seat: Seat, thread: string): Promise<boolean>;
  /** Somebody says what they do; every process hears it. */
  tell(sign: Sign): Promise<void>;
};

/**
 * Who reads and who writes what, told to those who may see the thread. No entry, no row and no line of the log is
 * written of it: nobody watches staff read.
 */
export function startCompany(
  services: Pick<Services, "db" | "log" | "stopping">,
  /** Begun with the first line. */
  besides?: (company: Company) => Promise<void>,
): Company {
  const { db, log } = services;
  const board = new PresenceBoard();
  const open = new Map<AuthorityId, Set<Line>>();
  const known = new Map<string, { sees: boolean; until: number }>();
  const failed = (error: unknown) => log.warn("presence could not be told", { error });

  const hear = (sign: Sign) => {
    if (board.note(sign, performance.now()))
      void tellThread(sign.authority as AuthorityId, sign.thread).catch(failed);
  };

  const maySee = async (seat: Seat, thread: string): Promise<boolean> => {
    const { id } = seat.site.authority;
    const key = `${id} ${thread} ${accountIds(seat).join(" ")}`;
    const now = performance.now();
    const found = known.get(key);
    if (found && found.until > now) return found.sees;
    const sees = await db.read(id, (tx) => seesThread(tx, id, thread, viewerOf(seat)));
    if (known.size >= mostKnown) known.clear();
    known.set(key, { sees, until: now + knownMs });
    return sees;
  };

  const tellThread = async (authority: AuthorityId, thread: string): Promise<void> => {
    for (const line of open.get(authority) ?? [])
      if (await maySee(line.seat, thread))
        line.send({ kind: "presence", data: { threads: [others(authority, thread, line)] } });
  };
  /** Oneself is no company, in whichever tab. */
  const others = (authority: string, thread: string, line: Line) => ({
    thread,
    people: board
      .inThread(authority, thread)
      .filter((one) => one.person !== line.person)
      .map(({ name, doing }) => ({ name, doing })),
  });
  const tellAll = async (line: Line): Promise<void> => {
    const { id } = line.seat.site.authority;
    const threads = [];
    for (const thread of board.threadsOf(id))
      if (await maySee(line.seat, thread)) threads.push(others(id, thread, line));
    // Also when nobody is there: a deck that was away may believe otherwise.
    line.send({ kind: "presence", data: { whole: true, threads } });
  };

  const begin = async (): Promise<Between> => {
    const made = await betweenProcesses(db, hear);
    const sweeping = setInterval(() => {
      for (const { authority, thread } of board.sweep(performance.now()))
        void tellThread(authority as AuthorityId, thread).catch(failed);
    }, sweepMs);
    sweeping.unref();
    addAbortListener(services.stopping, () => {
      clearInterval(sweeping);
      void made.stop();
    });
    return made;
  };
  // With the first deck or sign: a process that serves none has no need of it.
  const connect = begunOnce(begin);

  let first = true;
  const company: Company = {
    join(line) {
      const { id } = line.seat.site.authority;
      if (first)
        void besides?.(company).catch((error: unknown) => {
          first = true;
          failed(error);
        });
      first = false;
      open.set(id, (open.get(id) ?? new Set()).add(line));
      connect()
        .then(() => tellAll(line))
        .catch(failed);
    },
    leave(line) {
      const { id } = line.seat.site.authority;
      const lines = open.get(id);
      lines?.delete(line);
      if (lines?.size === 0) open.delete(id);
    },
    lines: (authority) => open.get(authority) ?? [],
    maySee,
    async tell(sign) {
      // The decks of this process need not wait for the way round.
      hear(sign);
      await (await connect()).tell(sign);
    },
  };
  return company;
}
