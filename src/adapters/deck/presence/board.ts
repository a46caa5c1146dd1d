type Doing = "reading" | "writing";

/** What one tab of somebody's is doing in a thread. */
export type Sign = {
  authority: string;
  thread: string;
  person: string;
  name: string;
  tab: string;
  doing: Doing | "gone";
};

type Present = { person: string; name: string; doing: Doing };

/** How long a sign counts: a tab says every ten seconds that it is still there. */
export const signMs = 25_000;
/** Beyond these a sign is not noted: nobody reads in so many places. */
const mostOfPerson = 24;
const mostThreads = 5_000;

type Noted = Present & { until: number };
type Thread = { authority: string; thread: string; signs: Map<string, Noted> };

/**
 * Who is in which thread at this moment. It lies in memory alone and is forgotten within seconds: it is there so that
 * nobody answers what another is answering, and nobody can look up afterwards what a colleague read.
 */
export class PresenceBoard {
  private readonly threads = new Map<string, Thread>();

  /** Returns whether the thread looks different now. Times are milliseconds of any one clock. */
  note(sign: Sign, now: number): boolean {
    const key = `${sign.authority} ${sign.thread}`;
    const place = this.threads.get(key);
    const before = place && looks(place);
    if (sign.doing === "gone") place?.signs.delete(`${sign.person} ${sign.tab}`);
    else this.keep(key, sign, sign.doing, now);
    if (place?.signs.size === 0) this.threads.delete(key);
    const after = this.threads.get(key);
    return before !== (after && looks(after));
  }

  /** Forgets whoever has not been heard from; returns the threads that look different now. */
  sweep(now: number): { authority: string; thread: string }[] {
    const changed: { authority: string; thread: string }[] = [];
    for (const [key, place] of this.threads) {
      const before = looks(place);
      for (const [who, noted] of place.signs) if (noted.until <= now) place.signs.delete(who);
      if (place.signs.size === 0) this.threads.delete(key);
      if (looks(place) !== before) changed.push({ authority: place.authority, thread: place.thread });
    }
    return changed;
  }

  /** Each person once; whoever writes in one tab writes. */
  inThread(authority: string, thread: string): Present[] {
    const place = this.threads.get(`${authority} ${thread}`);
    return place ? people(place) : [];
  }

  threadsOf(authority: string): string[] {
    return [...this.threads.values()].flatMap((one) => (one.authority === authority ? one.thread : []));
  }

  private keep(key: string, sign: Sign, doing: Doing, now: number): void {
    const { authority, thread, person, name } = sign;
    const place = this.threads.get(key) ?? { authority, thread, signs: new Map<string, Noted>() };
    const who = `${person} ${sign.tab}`;
    if (!place.signs.has(who) && (this.threads.size >= mostThreads || this.countOf(person) >= mostOfPerson))
      return;
    place.signs.set(who, { person, name, doing, until: now + signMs });
    this.threads.set(key, place);
  }

  private countOf(person: string): number {
    let count = 0;
    for (const { signs } of this.threads.values())
      for (const noted of signs.values()) if (noted.person === person) count++;
    return count;
  }
}

function people({ signs }: Thread): Present[] {
  const found = new Map<string, Present>();
  for (const { person, name, doing } of signs.values())
    if (found.get(person)?.doing !== "writing") found.set(person, { person, name, doing });
  return [...found.values()];
}

function looks(place: Thread): string {
  return people(place)
    .map((one) => `${one.person} ${one.doing} ${one.name}`)
    .join("\n");
}
