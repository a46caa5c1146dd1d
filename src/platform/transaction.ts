import type postgres from "postgres";

/**
 * A transaction of postgres.js, which asks for a rollback also where the connection has been cut: that ends the
 * process, or falls into the transaction that the connection serves next (its issues 1208, 1133 and 1216). Here nothing
 * more is asked of a connection that was cut, whatever the work goes on to do.
 */
export function transaction<Types extends Named, T>(
  sql: postgres.Sql<Types>,
  mode: string,
  work: (tx: postgres.TransactionSql<Types>) => Promise<T>,
): Promise<T> {
  const state: State = { isOver: false };
  const running = sql.begin(mode, (tx) => unlessCut(state, work(fenced(state, tx)))) as Promise<T>;
  running.catch(() => (state.isOver = true));
  return running;
}

type Named = Record<string, unknown>;
type Work<Types extends Named> = (tx: postgres.TransactionSql<Types>) => unknown;

/** Over: it has failed, be it by the cut of its connection. */
type State = { isOver: boolean };

/** Never settles after a cut: the library rejects the transaction itself then, and may ask for nothing. */
async function unlessCut<T>(
  state: State,
  work: T | Promise<T>,
  tell: (error: unknown) => void = () => {},
): Promise<T> {
  try {
    const result = await work;
    if (!state.isOver) return result;
    tell(cut());
  } catch (error) {
    await cutsAreKnown();
    if (!state.isOver) throw error;
    tell(error);
  }
  return new Promise<never>(() => {});
}

/** It, as long as its connection is there. */
function fenced<Types extends Named>(
  state: State,
  tx: postgres.TransactionSql<Types>,
): postgres.TransactionSql<Types> {
  return new Proxy(tx, {
    apply(target, self, asked) {
      if (state.isOver) throw cut();
      return Reflect.apply(target, self, asked) as unknown;
    },
    get(target, name) {
      if (name === "savepoint") return (work: Work<Types>) => savepoint(state, target, work);
      return Reflect.get(target, name) as unknown;
    },
  });
}

async function savepoint<Types extends Named>(
  state: State,
  tx: postgres.TransactionSql<Types>,
  work: Work<Types>,
): Promise<unknown> {
  if (state.isOver) throw cut();
  const { promise, reject } = Promise.withResolvers<never>();
  try {
    const running = tx.savepoint((inner) => unlessCut(state, work(fenced(state, inner)), reject));
    return await Promise.race([running, promise]);
  } catch (error) {
    // Whoever catches it may go on with the transaction.
    await cutsAreKnown();
    throw error;
  }
}

/** A query fails before its connection is known to be closed: by the end of the round that the event loop is at. */
async function cutsAreKnown(): Promise<void> {
  for (let n = 0; n < 2; n++) await new Promise((resolve) => setImmediate(resolve));
}

function cut(): Error {
  return new Error("the transaction's connection has been cut");
}
