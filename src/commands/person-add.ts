import { grantAccount } from "#domain/accounts/grants.ts";
import { addPerson, type Role } from "#domain/people/person.ts";
import { CommandError, UsageError, type Command } from "./command.ts";
import { findVoice } from "./find-colleague.ts";
import { authorityFlag, chooseAuthority, withStore } from "./with-store.ts";

export const personAdd: Command = {
  summary: "Let a person sign in, with roles and accounts to speak for.",
  arguments: ["<email>"],
  flags: {
    name: { value: "NAME", help: "The person's name, as colleagues see it.", required: true },
    role: { value: "ROLES", help: "admin, moderator, both with a comma, or none." },
    grant: { value: "HANDLES", help: "Accounts that the person may speak for, several with commas." },
    language: { value: "CODE", help: "sv or en; the authority's own unless told." },
    ...authorityFlag,
  },
  async run(call) {
    const roles = readRoles(call.value("role"));
    const language = call.value("language");
    if (language !== undefined && language !== "sv" && language !== "en")
      throw new UsageError(`--language is sv or en, not "${language}". Nothing was done.`);
    const email = call.argument(0);
    return withStore(call, async (db) => {
      const authority = await chooseAuthority(call, db);
      const handles = call.value("grant")?.split(",") ?? [];
      const accounts = await Promise.all(handles.map((handle) => findVoice(db, authority, handle.trim())));
      const person = {
        name: call.required("name"),
        email,
        roles,
        language: language ?? authority.languages[0] ?? "sv",
      };
      const id = await db.as(authority.id, async (tx) => {
        const added = await addPerson(tx, authority.id, person, undefined);
        if (added.outcome === "bad-email")
          throw new CommandError("bad-email", `${email} is no e-mail address. Nothing was done.`);
        if (added.outcome === "email-taken")
          throw new CommandError(
            "email-taken",
            `Somebody has the address ${email} already. They were left as they are.`,
          );
        for (const account of accounts)
          await grantAccount(tx, authority.id, { person: added.id, account: account.id }, undefined);
        return added.id;
      });
      return {
        text: `${person.name} can sign in. Make a link with: npm run torg -- sign-in ${email}`,
        json: { id, email, roles, accounts: accounts.map((account) => `@${account.handle}`) },
      };
    });
  },
};

function readRoles(text: string | undefined): Role[] {
  const roles =
    text
      ?.split(",")
      .map((role) => role.trim())
      .filter(Boolean) ?? [];
  const known = roles.filter((role): role is Role => role === "admin" || role === "moderator");
  if (known.length === roles.length) return [...new Set(known)];
  throw new UsageError(`--role is admin, moderator, or both with a comma, not "${text}". Nothing was done.`);
}
