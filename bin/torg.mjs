#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { freshBundle } from "../scripts/server-bundle.mjs";

// From the second start on the source is read ready-made: sooner there, and with less memory. This file is plain
// JavaScript so that nothing is left for the compiler of types, which would take ten MiB.
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/torg", import.meta.url)));
const { runCommand } = await import(freshBundle() ?? "../src/commands/run-command.ts");

process.exit(await runCommand(process.argv.slice(2)));
