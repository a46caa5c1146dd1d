import { linkMinutes } from "#domain/people/sign-in-link.ts";
import type { Command } from "./command.ts";
import { findColleague } from "./find-colleague.ts";
import { signInLink } from "./sign-in-link.ts";
import { authorityFlag, chooseAuthority, withStore } from "./with-store.ts";

export const signIn: Command = {
  summary: "Make a one-time link with which a person signs in.",
  arguments: ["<email>"],
  flags: { ...authorityFlag },
  notes: `The link works once and for ${linkMinutes} minutes. Whoever has it signs in as that person.`,
  run: (call) =>
    withStore(call, async (db) => {
      const authority = await chooseAuthority(call, db);
      const person = await findColleague(db, authority, call.argument(0));
      const now = call.clock();
      const link = await signInLink({ config: call.config, db }, authority, person, now);
      return {
        text: link,
        json: { link, person: person.email, expires: now.add({ minutes: linkMinutes }).toString() },
      };
    }),
};
