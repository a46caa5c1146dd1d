// start.mjs <command> [arguments]: makes ready what is missing, then runs bin/torg.mjs on the pinned Node.
import { join } from "node:path";
import { buildClientIfChanged } from "./build-client.mjs";
import { buildServerIfChanged } from "./build-server.mjs";
import { install, root } from "./install.mjs";
import { runPinned } from "./run-pinned.mjs";

install();
await buildClientIfChanged();
await buildServerIfChanged();
runPinned([join(root, "bin/torg.mjs"), ...process.argv.slice(2)]);
