// start.mjs <command> [arguments]: makes ready what is missing, then runs bin/torg.ts on the pinned Node.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { buildClientIfChanged } from "./build-client.mjs";
import { install, pinnedNode, root } from "./install.mjs";

install();
await buildClientIfChanged();
run([join(root, "bin/torg.ts"), ...process.argv.slice(2)]);

function run(args) {
  if (process.execve) becomeTorg(args);
  const torg = spawn(pinnedNode, args, { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to Torg as well: a second one would read as impatience.
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      torg.kill(signal);
    });
  }
  torg.on("error", (error) => {
    process.stderr.write(`Torg could not be started: ${error.message}\n`);
    process.exit(1);
  });
  torg.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/** Where this Node can, Torg takes over the process: no second one in memory, and signals arrive by themselves. */
function becomeTorg(args) {
  process.removeAllListeners("warning"); // execve is marked experimental
  process.execve(pinnedNode, [pinnedNode, ...args], process.env);
}
