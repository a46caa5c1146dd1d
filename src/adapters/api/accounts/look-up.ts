import { accountsByHandle, type Account as Voice } from "#domain/accounts/account.ts";
import { completeHandle } from "#domain/accounts/complete-handle.ts";
import { followedCondition } from "#domain/relationships/page-follows.ts";
import { answer, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { accountsOf, type Account } from "../entities/account.ts";
import { limitOf, offsetOf } from "../page.ts";

/** GET /api/v1/accounts/lookup: ours and those known from elsewhere; nobody is asked. */
export async function lookUpAccount({ services, site, params }: Call): Promise<Response> {
  const handle = handleIn(params.text("acct"), site);
  if (!handle) return missing();
  return services.db.read(site.authority.id, async (tx) => {
    const found = (await accountsByHandle(tx, site.authority, [handle])).get(handle);
    const [account] = found ? await accountsOf(tx, site, [found.id]) : [];
    return account ? answer(account) : missing();
  });
}

/** GET /api/v1/accounts/search */
export async function searchAccounts(call: Call<Caller>): Promise<Response> {
  const query = call.params.text("q")?.trim() ?? "";
  if (query === "") return invalid("Nothing was asked for. Send what to look for in q.");
  const limit = limitOf(call, { usual: 40, most: 80 });
  return answer(await findAccounts(call, { query, limit, offset: offsetOf(call) }));
}

/** By handle or name as they begin, first whom a whole address names; `following` and `resolve` are as they are sent. */
export async function findAccounts(
  call: Call,
  { query, limit, offset }: { query: string; limit: number; offset: number },
): Promise<Account[]> {
  const { services, site, params, caller } = call;
  const authority = site.authority.id;
  const asked = query.replace(/^@/, "");
  const follower = params.flag("following") === true ? caller?.account.id : undefined;
  const exact = offset === 0 ? await exactly(call, asked) : undefined;
  return services.db.read(authority, async (tx) => {
    const begun = await completeHandle(tx, authority, asked, limit, {
      offset,
      keep: follower && followedCondition(tx, authority, follower, "account.id"),
    });
    const first = exact && !follower ? [exact.id] : [];
    const ids = [...new Set([...first, ...begun.map(({ id }) => id)])].slice(0, limit);
    return accountsOf(tx, site, ids);
  });
}

/** Whom a whole address names; its server is asked if the caller wants that. */
async function exactly({ services, site, params }: Call, asked: string): Promise<Voice | undefined> {
  const handle = handleIn(asked, site);
  if (!handle) return undefined;
  const known = await services.db.read(site.authority.id, (tx) =>
    accountsByHandle(tx, site.authority, [handle]),
  );
  const found = known.get(handle);
  if (found || params.flag("resolve") !== true || !handle.includes("@")) return found;
  return services.lookUpAccount(site.authority, handle);
}

/** "@Anna@A.test", "acct:anna@a.test" → "anna@a.test"; our pages' host names us as well. Undefined for no handle. */
function handleIn(text: string | undefined, { authority }: Call["site"]): string | undefined {
  const handle =
    text
      ?.trim()
      .replace(/^acct:/, "")
      .replace(/^@/, "")
      .toLowerCase() ?? "";
  if (!/^[\p{L}\p{N}_.-]+(@[\p{L}\p{N}.:-]+)?$/u.test(handle)) return undefined;
  const [user = "", host] = handle.split("@");
  return host === authority.domain.toLowerCase() ? user : handle;
}
