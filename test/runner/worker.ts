import { after, mock, suite } from "node:test";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import type { Given, Told } from "./worker-words.ts";

// Runs the test files that it is given, one after another, each in a suite of its own so that its hooks are its own.
// tell-parent.ts, this process's reporter, tells how it went.
process.on("message", ({ file }: Given) => {
  void suite(file, async () => {
    // A clock that stood still for one file must go for the next.
    after(() => mock.reset());
    await import(pathToFileURL(file).href);
  });
});
// Whoever gives files is gone, or has no more; what a test left open must not keep us.
process.on("disconnect", () => process.exit());
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    const told: Told = { kind: "stray", words: inspect(error) };
    process.send?.(told);
  });
}
