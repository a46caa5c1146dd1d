/** Somebody who wants to be let in. */
export type Waiting = {
  /** Whose place it takes: nobody may have all of them. */
  of: string;
  goIn: () => void;
  goHome: () => void;
};

export type LineBounds = {
  /** Let in at one turn of the event loop: between two, everybody else is heard. */
  inATurn: number;
  /** How long somebody waits for room. */
  patienceMs: number;
  places: number;
  placesOfOne: number;
};

export type WaitingLine = {
  /** Goes in or goes home later; at once where there is no place to wait. */
  join(waiting: Waiting): void;
  /** There may be room again. */
  look(): void;
};

/** Going home costs less than going in. */
const homeATurn = 32;
const lookMs = 50;

/** Lets in those who come one after the other, a few at a time, as long as there is room. */
export function createWaitingLine(bounds: LineBounds, hasRoom: () => boolean): WaitingLine {
  const line: (Waiting & { until: number })[] = [];
  const placesOf = new Map<string, number>();
  let next: NodeJS.Immediate | undefined;
  let later: NodeJS.Timeout | undefined;
  const leave = () => {
    const first = line.shift();
    if (!first) return undefined;
    const others = (placesOf.get(first.of) ?? 0) - 1;
    if (others > 0) placesOf.set(first.of, others);
    else placesOf.delete(first.of);
    return first;
  };
  const isTired = (now: number) => line[0] !== undefined && line[0].until <= now;
  const turn = () => {
    clearImmediate(next);
    clearTimeout(later);
    next = later = undefined;
    for (let n = 0; n < bounds.inATurn && hasRoom(); n++) leave()?.goIn();
    const now = performance.now();
    for (let n = 0; n < homeATurn && isTired(now); n++) leave()?.goHome();
    if (line.length === 0) return;
    if (hasRoom() || isTired(now)) look();
    else later = setTimeout(turn, lookMs);
  };
  const look = () => {
    if (line.length > 0) next ??= setImmediate(turn);
  };
  return {
    join(waiting) {
      const places = placesOf.get(waiting.of) ?? 0;
      if (line.length >= bounds.places || places >= bounds.placesOfOne) return waiting.goHome();
      placesOf.set(waiting.of, places + 1);
      line.push({ ...waiting, until: performance.now() + bounds.patienceMs });
      look();
    },
    look,
  };
}
