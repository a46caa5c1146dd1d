import type { Command } from "./command.ts";
import { runTorg } from "./run-torg.ts";

export const serve: Command = {
  summary: "Start Torg: answer requests and do what follows from them.",
  arguments: [],
  flags: { "no-work": { help: "Answer requests alone; another process does the work, with: torg work" } },
  notes:
    "Logs are JSON lines on stdout; on a terminal only warnings are shown. Links are printed on stderr.\n" +
    "Ctrl-C or SIGTERM stops it when open requests are answered; a second one at once.",
  run: (call) =>
    runTorg(call, { serve: true, work: !call.given("no-work") }, async ({ services, url }) => {
      const { doors } = await import("./doors.ts");
      return [`Torg serves ${url}`, ...(await doors(services))];
    }),
};
