import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { CommandError, type Command } from "./command.ts";
import { findColleague, findVoice } from "./find-colleague.ts";
import { authorityFlag, chooseAuthority, withStore } from "./with-store.ts";

export const token: Command = {
  summary: "Make an access token with which a program acts for a person. Prints it and nothing else.",
  arguments: ["<email>"],
  flags: {
    account: {
      value: "HANDLE",
      help: "The account to act as; the person must be granted it.",
      required: true,
    },
    scope: { value: "SCOPES", help: 'As in "read write follow push"; "read" unless told.' },
    ...authorityFlag,
  },
  notes: "The token is shown this once. Only its hash is kept.",
  run: (call) =>
    withStore(call, async (db) => {
      const authority = await chooseAuthority(call, db);
      const person = await findColleague(db, authority, call.argument(0));
      const account = await findVoice(db, authority, call.required("account"));
      const scopes = (call.value("scope") ?? "read").split(/[\s,]+/).filter(Boolean);
      const made = await db.as(authority.id, (tx) =>
        makeAccessToken(tx, authority.id, { person: person.id, account: account.id, scopes }),
      );
      if (made.outcome === "bad-scope")
        throw new CommandError(
          "bad-scope",
          `"${made.scope}" is no scope: read, write, follow, push, or a part as in read:statuses. No token was made.`,
        );
      if (made.outcome === "not-granted")
        throw new CommandError(
          "not-granted",
          `${person.email} may not speak for @${account.handle}. No token was made; grant the account in the deck's settings first.`,
        );
      return { text: made.token, json: { token: made.token, account: `@${account.handle}`, scopes } };
    }),
};
