import type { AuthorityId } from "#domain/authorities/authority.ts";

/** How much goes into one batch: so many, and by weight if they have one. */
export type Batches<Item> = {
  most: number;
  heaviest?: number;
  weigh?: (item: Item) => number;
  /** How long a batch that is not full waits for more, at most until `noMore`: for what nobody waits for. */
  gather?: { ms: number; noMore: (tell: () => void) => Cancel };
};

/** Takes back a wish to be told. */
export type Cancel = () => void;

/**
 * Does the same for many in one go: what is asked while a batch is under way goes together in the next one, so that
 * nobody waits for more to come. If a batch fails, each is tried alone, so that one cannot take others with it.
 */
export function inBatches<Item, Outcome>(
  batches: Batches<Item>,
  work: (authority: AuthorityId, items: Item[]) => Promise<Outcome[]>,
): (authority: AuthorityId, item: Item) => Promise<Outcome> {
  const queues = new Map<AuthorityId, Waiting<Item, Outcome>[]>();
  /** Of queues that gather: what to do when there is a whole batch. */
  const full = new Map<Waiting<Item, Outcome>[], () => void>();

  const run = async (authority: AuthorityId, batch: Waiting<Item, Outcome>[]): Promise<void> => {
    const outcomes = await work(
      authority,
      batch.map((one) => one.item),
    );
    for (const [index, one] of batch.entries()) {
      if (index in outcomes) one.resolve(outcomes[index] as Outcome);
      else one.reject(new Error("a batch had no outcome for one of its own"));
    }
  };

  const gather = async (queue: Waiting<Item, Outcome>[]): Promise<void> => {
    if (!batches.gather || queue.length >= batches.most) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, batches.gather.ms);
    full.set(queue, resolve);
    const cancel = batches.gather.noMore(resolve);
    await promise;
    cancel();
    clearTimeout(timer);
    full.delete(queue);
  };

  const workOff = async (authority: AuthorityId, queue: Waiting<Item, Outcome>[]): Promise<void> => {
    while (queue.length > 0) {
      await gather(queue);
      const batch = take(queue, batches);
      await run(authority, batch).catch(async (error: unknown) => {
        if (batch.length === 1) return batch[0]?.reject(error);
        for (const one of batch) await run(authority, [one]).catch(one.reject);
      });
    }
    queues.delete(authority);
  };

  return (authority, item) =>
    new Promise<Outcome>((resolve, reject) => {
      const waiting = { item, resolve, reject };
      const queue = queues.get(authority);
      if (queue) {
        if (queue.push(waiting) >= batches.most) full.get(queue)?.();
        return;
      }
      const fresh = [waiting];
      queues.set(authority, fresh);
      // What else this turn of the event loop brings belongs to the same batch.
      setImmediate(() => void workOff(authority, fresh));
    });
}

type Waiting<Item, Outcome> = {
  item: Item;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
};

/** From the front, and always one. */
function take<Item, Outcome>(
  queue: Waiting<Item, Outcome>[],
  { most, heaviest = Infinity, weigh = () => 0 }: Batches<Item>,
): Waiting<Item, Outcome>[] {
  let count = 0;
  let weight = 0;
  for (const { item } of queue) {
    weight += weigh(item);
    if (count > 0 && (count >= most || weight > heaviest)) break;
    count++;
  }
  return queue.splice(0, count);
}
