import type { Command } from "./command.ts";
import { runTorg } from "./run-torg.ts";

export const work: Command = {
  summary: "Do what follows from requests (deliveries, pictures, search) without answering any.",
  arguments: [],
  flags: {},
  notes: "For more than one process on a database. `serve` does this as well unless started with --no-work.",
  run: (call) =>
    runTorg(call, { serve: false, work: true }, async () => ["Torg works. Stop it with Ctrl-C."]),
};
