#!/usr/bin/env node
import { runCommand } from "../src/commands/run-command.ts";

process.exit(await runCommand(process.argv.slice(2)));
