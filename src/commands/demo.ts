import type { Command } from "./command.ts";
import { fillExample } from "../demo/fill-example.ts";
import { doors } from "./doors.ts";
import { runTorg } from "./run-torg.ts";

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
        return [`Torg serves the example at ${url}`, ...(await doors(services))];
      },
    ),
};
