import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname } from "node:path";
import { pinnedNode } from "./install.mjs";

/** Hands over to the Node.js that the project pins: same terminal, same signals, same exit code. Never returns. */
export function runPinned(args) {
  const env = { ...process.env, PATH: `${dirname(pinnedNode)}${delimiter}${process.env.PATH ?? ""}` };
  if (process.execve) become(args, env);
  const child = spawn(pinnedNode, args, { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well: a second one would read as impatience.
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  child.on("error", (error) => {
    process.stderr.write(`${pinnedNode} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/** Where this Node can, the child takes over the process: no second one in memory, and signals need no passing on. */
function become(args, env) {
  process.removeAllListeners("warning"); // execve is marked experimental
  process.execve(pinnedNode, [pinnedNode, ...args], env);
}
