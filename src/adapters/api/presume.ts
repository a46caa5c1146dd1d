import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { findToken, type TokenFound } from "#domain/accounts/find-token.ts";
import type { Transaction } from "#platform/database.ts";
import type { Access, Caller } from "./endpoint.ts";
import { callerOf, noteDay, tokenOf } from "./guard.ts";
import { knownTokensOf, textOf } from "./known-tokens.ts";

/**
 * Who a request is taken to come from before it is known: whoever its token stood for last time. What is then read may
 * be given only if it holds.
 */
export type Presumed = {
  caller: Caller | undefined;
  /** Reads, and asks beside it on the same snapshot whether it holds: one journey for both. */
  beside<T>(tx: Transaction, reading: Promise<T>): Promise<T>;
  /** Whether the token stands for just the same; asked by itself, where nothing has been read. */
  holds(): Promise<boolean>;
};

/** For what only reads: whatever comes of a wrong guess is thrown away. Undefined where there is nothing to go by. */
export function presume(services: Services, c: Context<Env>, access: Access): Presumed | undefined {
  const { id: authority } = c.get("site").authority;
  if (access.kind === "open") return undefined;
  const token = tokenOf(c);
  const last = token === undefined ? undefined : knownTokensOf(services).last(authority, token);
  if (token === undefined || !last) return undefined;
  const presumed = callerOf(access, last.found);
  if (presumed instanceof Response) return undefined;
  let answer: Promise<TokenFound | undefined> | undefined;
  const ask = (tx: Transaction) => (answer ??= findToken(tx, authority, token));
  return {
    ...presumed,
    beside: (tx, reading) => Promise.all([reading, ask(tx)]).then(([read]) => read),
    async holds() {
      // What failed says nothing of the token: then it is asked the long way.
      const found = await (answer ?? services.db.read(authority, ask, { plans: "kept" })).catch(
        () => undefined,
      );
      if (!found || textOf(found) !== last.text) return false;
      noteDay(services, c, found);
      return true;
    },
  };
}
