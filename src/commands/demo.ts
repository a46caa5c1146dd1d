import type { Command } from "./command.ts";
import { listAuthorities } from "#domain/authorities/authority.ts";
import { findPersonByEmail } from "#domain/people/person.ts";
import type { Services } from "#context.ts";
import { colleagueEmail, fillExample } from "../demo/fill-example.ts";
import { doors } from "./doors.ts";
import { runTorg } from "./run-torg.ts";
import { signInLink } from "./sign-in-link.ts";

export const demo: Command = {
  summary: "Start Torg with an example authority already in use, in a data folder of its own.",
  arguments: [],
  flags: {},
  data: "data/demo",
  notes:
    "Nobody and no place in the example is real, and nothing is sent anywhere. Begin afresh by removing data/demo.",
  run: (call) =>
    // Never the database of an installation in earnest.
    runTorg(
      { ...call, config: { ...call.config, databaseUrl: undefined } },
      { serve: true, work: true },
      async ({ services, url }) => {
        await fillExample(services);
        return [
          `Torg serves the example at ${url}`,
          ...(await doors(services)),
          ...(await colleagueDoor(services)),
        ];
      },
    ),
};

/** Two at work in the deck are seen in two browsers. */
async function colleagueDoor(services: Services): Promise<string[]> {
  const { db, clock } = services;
  const [authority] = await db.system(listAuthorities);
  const colleague =
    authority && (await db.read(authority.id, (tx) => findPersonByEmail(tx, authority.id, colleagueEmail)));
  if (!authority || !colleague) return [];
  const link = await signInLink(services, authority, colleague, clock());
  return [
    `Her colleague ${colleague.name} signs in, in another browser or a private window, with:`,
    `  ${link}`,
  ];
}
