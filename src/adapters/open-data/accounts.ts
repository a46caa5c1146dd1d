import type { Handler } from "hono";
import type { Env, Services, Site } from "#context.ts";
import { findAccount, type Account } from "#domain/accounts/account.ts";
import { listRegister } from "#domain/accounts/list-register.ts";
import { mediaById } from "#domain/media/media.ts";
import type { Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";
import { answer } from "./answer.ts";
import { cutList } from "./cut-list.ts";
import { unknown } from "./frame.ts";
import { readQuery } from "./parameters.ts";
import { accountColumns, presentAccount } from "./present-account.ts";

export const accountListParameters = ["after", "limit", "format"] as const;

/** Everyone who speaks or has spoken for the authority. */
export function accountList(services: Services): Handler<Env> {
  return async (c) => {
    const asked = readQuery(c, accountListParameters);
    if (asked instanceof Response) return asked;
    const site = c.get("site");
    const { values } = asked;
    const { items, next } = await services.db.read(site.authority.id, async (tx) => {
      const cut = await cutList(c, asked, "/accounts", (page) =>
        listRegister(tx, site.authority.id, { after: values.after, ...page }),
      );
      return { ...cut, items: await presentAll(tx, site, cut.items) };
    });
    const table = { name: "accounts", columns: accountColumns, rows: items };
    return answer(c, values.format, {
      json: { items, next: next ?? null },
      schema: "account-list",
      table,
      next,
    });
  };
}

export function oneAccount(services: Services): Handler<Env> {
  return async (c) => {
    const asked = readQuery(c, ["format"]);
    if (asked instanceof Response) return asked;
    const site = c.get("site");
    const id = parseId<"account">(c.req.param("id"));
    const account = await services.db.read(site.authority.id, async (tx) => {
      const found = id && (await findAccount(tx, site.authority.id, id));
      return found && found.uri === null ? (await presentAll(tx, site, [found]))[0] : undefined;
    });
    if (!account) return unknown(c);
    const table = { name: `account-${account.id}`, columns: accountColumns, rows: [account] };
    return answer(c, asked.values.format, { json: account, schema: "account", table });
  };
}

async function presentAll(tx: Transaction, site: Site, accounts: readonly Account[]) {
  const pictures = accounts.flatMap((account) => account.avatar ?? []);
  const media = await mediaById(tx, site.authority.id, pictures);
  return accounts.map((account) => presentAccount(site, account, media));
}
