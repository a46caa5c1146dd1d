import { accountsByHandle, type Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { Database } from "#platform/database.ts";
import type { Log } from "#platform/log.ts";
import type { Draft } from "./post.ts";
import { handlesIn } from "./write-body.ts";

type Needed = {
  db: Database;
  log: Log;
  lookUpAccount(authority: Authority, handle: string): Promise<Account | undefined>;
};

const most = 5;
const patienceMs = 5_000;

/** Looks up those mentioned whom we do not know yet, so that the post reaches them. Who is not found stays text. */
export async function findMentioned(
  services: Needed,
  authority: Authority,
  draft: Pick<Draft, "sourceType" | "source">,
): Promise<void> {
  const handles = handlesIn(draft);
  if (handles.length === 0) return;
  const known = await services.db.read(authority.id, (tx) => accountsByHandle(tx, authority, handles));
  const unknown = handles.filter(
    (handle) => !known.has(handle.toLowerCase()) && /^@?[^@\s]+@[^@\s]+$/.test(handle),
  );
  if (unknown.length === 0) return;
  const timeOut = AbortSignal.timeout(patienceMs);
  const patience = new Promise<void>((resolve) =>
    timeOut.addEventListener("abort", () => resolve(), { once: true }),
  );
  const lookUps = unknown.slice(0, most).map((handle) =>
    services.lookUpAccount(authority, handle).catch((error: unknown) => {
      services.log.warn("an account that was mentioned could not be looked up", { error });
    }),
  );
  await Promise.race([Promise.all(lookUps), patience]);
}
