import { createAccount } from "#domain/accounts/create-account.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { listPeople } from "#domain/people/person.ts";
import { CommandError, UsageError, type Command } from "./command.ts";
import { findColleague } from "./find-colleague.ts";
import { authorityFlag, chooseAuthority, withStore } from "./with-store.ts";

export const accountAdd: Command = {
  summary: "Open an account: a public voice of the authority or of an office.",
  arguments: ["<handle>"],
  flags: {
    name: { value: "NAME", help: "The name that readers see.", required: true },
    kind: { value: "KIND", help: "authority or office.", required: true },
    role: { value: "TEXT", help: "What the office does, in a few words." },
    answers: { value: "TEXT", help: "Who answers for the account." },
    grant: {
      value: "EMAIL",
      help: "Who may speak for it, several with commas; every administrator unless told.",
    },
    ...authorityFlag,
  },
  notes: "The handle may hold a to z, digits and _, at most 30. It can not be changed later.",
  async run(call) {
    const kind = call.required("kind");
    if (kind !== "authority" && kind !== "office")
      throw new UsageError(`--kind is authority or office, not "${kind}". Nothing was done.`);
    const handle = call.argument(0).replace(/^@/, "");
    const keys = await newKeyPair();
    return withStore(call, async (db) => {
      const authority = await chooseAuthority(call, db);
      const named = call
        .value("grant")
        ?.split(",")
        .map((email) => email.trim());
      const speakers = named
        ? await Promise.all(named.map((email) => findColleague(db, authority, email)))
        : (await db.read(authority.id, (tx) => listPeople(tx, authority.id))).filter((one) =>
            one.roles.includes("admin"),
          );
      const account = {
        handle,
        kind,
        name: call.required("name"),
        role: call.value("role"),
        answers: call.value("answers"),
      } as const;
      const id = await db.as(authority.id, async (tx) => {
        const created = await createAccount(tx, authority, account, keys, undefined);
        if (created.outcome === "bad-handle")
          throw new CommandError(
            "bad-handle",
            `@${handle} can not be a handle: a to z, digits and _, at most 30. Nothing was done.`,
          );
        if (created.outcome === "handle-taken")
          throw new CommandError(
            "handle-taken",
            `There is an account @${handle} already. It was left as it is; choose another handle.`,
          );
        for (const { id: person } of speakers)
          await grantAccount(tx, authority.id, { person, account: created.id }, undefined);
        return created.id;
      });
      const full = `@${handle.toLowerCase()}@${authority.handleDomain}`;
      const emails = speakers.map((one) => one.email);
      return {
        text: `${full} is open. It is spoken for by ${emails.join(", ")}.`,
        json: { id, handle: full, speakers: emails },
      };
    });
  },
};
