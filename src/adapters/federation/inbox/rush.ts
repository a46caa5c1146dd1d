import type { Database } from "#platform/database.ts";
import { oneForEach } from "#platform/one-for-each.ts";

/** So many activities under way at once are a rush: peers wait, and send again what they have waited too long for. */
const many = 16;
/** Between two commits fewer are under way for a moment. */
const calmMs = 30;
/** What is stored already is not to wait for ever. */
const longestMs = 400;
/** What takes longer is a wait for others, not work of ours. */
const longestPartMs = 100;

export type Rush = {
  /** Does what belongs to accepting one activity. */
  during<Done>(accept: () => Promise<Done>): Promise<Done>;
  /** The same where others have a part in it: what a slow or a hostile server draws out does not count for long. */
  duringPart<Done>(accept: () => Promise<Done>): Promise<Done>;
  /** Resolves when there is none, or after a while in any case. */
  over(): Promise<void>;
};

/**
 * Of this process: accepting goes before handling what was accepted. Nobody waits for the handling of one activity as
 * its sender waits for an answer, and what has gathered meanwhile is handled together at a fraction of the cost.
 */
export const rushOf = oneForEach((_of: Database): Rush => createRush());

export function createRush(): Rush {
  let underWay = 0;
  let rushing: NodeJS.Timeout | undefined;
  const waiting = new Set<() => void>();
  const ended = () => {
    rushing = undefined;
    for (const goOn of waiting) goOn();
  };
  const begin = () => {
    underWay += 1;
    if (underWay < many) return;
    clearTimeout(rushing);
    rushing = setTimeout(ended, calmMs);
  };
  return {
    async during(accept) {
      begin();
      try {
        return await accept();
      } finally {
        underWay -= 1;
      }
    },
    async duringPart(accept) {
      begin();
      let counts = true;
      const end = () => {
        if (counts) underWay -= 1;
        counts = false;
      };
      const timer = setTimeout(end, longestPartMs);
      try {
        return await accept();
      } finally {
        clearTimeout(timer);
        end();
      }
    },
    async over() {
      if (!rushing) return;
      await new Promise<void>((resolve) => {
        const goOn = () => {
          clearTimeout(limit);
          waiting.delete(goOn);
          resolve();
        };
        const limit = setTimeout(goOn, longestMs);
        waiting.add(goOn);
      });
    },
  };
}
