import { listOwnAccounts } from "#domain/accounts/account.ts";
import { listGrants } from "#domain/accounts/grants.ts";
import { listPeople } from "#domain/people/person.ts";
import { fullHandle } from "#context.ts";
import type { Command } from "./command.ts";
import { authorityFlag, chooseAuthority, withStore } from "./with-store.ts";

export const accountList: Command = {
  summary: "List the authority's accounts and who may speak for each.",
  arguments: [],
  flags: { ...authorityFlag },
  run: (call) =>
    withStore(call, async (db) => {
      const { id } = await chooseAuthority(call, db);
      const accounts = await db.read(id, async (tx) => {
        const people = new Map((await listPeople(tx, id)).map((person) => [person.id, person.email]));
        const grants = await listGrants(tx, id);
        return (await listOwnAccounts(tx, id)).map((account) => ({
          id: account.id,
          handle: fullHandle(account),
          kind: account.kind,
          name: account.name,
          role: account.role,
          speakers: grants.flatMap((grant) =>
            grant.account === account.id ? (people.get(grant.person) ?? []) : [],
          ),
        }));
      });
      const line = (one: (typeof accounts)[number]) =>
        [one.handle, one.kind, one.name, one.speakers.join(", ") || "nobody speaks for it"].join("  ");
      return { text: accounts.map(line).join("\n"), json: { accounts } };
    }),
};
