import type { Services } from "#context.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { notificationsOf } from "#domain/notifications/notification.ts";
import { hearNotified, type Notified } from "#domain/notifications/notified.ts";
import { unreadCounts } from "#domain/notifications/reader.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Company } from "../presence/company.ts";
import { tellInWords } from "./items.ts";

/** A busy hour is told once a second: each time every deck that shows them reads them again. */
const pauseMs = 1_000;
/** What is older is no news to whoever opens a deck. */
const freshMinutes = 2;

type Whom = { persons: Set<string> | "all"; accounts: Set<string> | "all" };

/** Tells the open decks of this process that there is something new for them, and how much is unread. */
export async function startNotices(
  services: Pick<Services, "db" | "clock" | "log" | "stopping">,
  company: Pick<Company, "lines">,
): Promise<void> {
  const { db, clock, log } = services;
  const pending = new Map<AuthorityId, Whom>();
  const resting = new Set<AuthorityId>();
  /** The newest that each person has been told of aloud. */
  const told = new Map<string, string>();

  const flush = (authority: AuthorityId): void => {
    const whom = pending.get(authority);
    pending.delete(authority);
    if (!whom) return void resting.delete(authority);
    resting.add(authority);
    setTimeout(() => flush(authority), pauseMs).unref();
    tell(authority, whom).catch((error: unknown) =>
      log.warn("open decks could not be told of notifications", { error }),
    );
  };
  const hear = (notified: Notified): void => {
    const { authority } = notified;
    if (![...company.lines(authority)].length) return;
    pending.set(authority, join(pending.get(authority), notified));
    if (!resting.has(authority)) flush(authority);
  };

  const tell = async (authority: AuthorityId, whom: Whom): Promise<void> => {
    const lines = [...company.lines(authority)];
    const has = (set: Set<string> | "all", id: string) => set === "all" || set.has(id);
    const own = lines.filter((line) => has(whom.persons, line.person));
    for (const line of lines)
      if (own.includes(line) || line.seat.accounts.some((account) => has(whom.accounts, account.id)))
        line.send({ kind: "changes", data: [{ stale: "notifications" }] });
    const byPerson = Map.groupBy(own, (line) => line.person as PersonId);
    if (byPerson.size === 0) return;
    await db.read(authority, async (tx) => {
      const unread = await unreadCounts(tx, authority, [...byPerson.keys()]);
      for (const [person, of] of byPerson) {
        const [newest] = await notificationsOf(tx, authority, { person, accounts: [] }, { limit: 1 });
        const isNew = newest && BigInt(newest.id) > BigInt(told.get(person) ?? "0");
        const isFresh = newest && clock().since(newest.at).total("minutes") < freshMinutes;
        if (newest) told.set(person, newest.id);
        for (const line of of)
          line.send({
            kind: "notice",
            data: {
              unread: unread.get(person) ?? 0,
              ...(isNew && isFresh ? { latest: await tellInWords(tx, line.seat, newest) } : {}),
            },
          });
      }
    });
  };

  const ear = await hearNotified(db, hear);
  services.stopping.addEventListener("abort", () => void ear.stop(), { once: true });
}

function join(before: Whom | undefined, { persons, accounts }: Notified): Whom {
  const both = (set: Set<string> | "all" | undefined, more: readonly string[] | undefined) =>
    set === "all" || more === undefined ? ("all" as const) : new Set([...(set ?? []), ...more]);
  return { persons: both(before?.persons, persons), accounts: both(before?.accounts, accounts) };
}
