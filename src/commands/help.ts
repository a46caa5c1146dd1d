import type { Answer, Command, Flag } from "./command.ts";
import { commands } from "./commands.ts";

/** How one command is used. */
export function helpFor(name: string, command: Command): Answer {
  const flags: [string, Flag][] = [
    ...Object.entries(command.flags),
    ["json", { help: "Answer with one JSON object on stdout." }],
  ];
  const needed = flags.filter(([, flag]) => flag.required).map(([flag, { value }]) => `--${flag} ${value}`);
  const usage = ["npm run torg --", name, ...command.arguments, ...needed, "[more flags]"].join(" ");
  const rows = flags.map(
    ([flag, { value, help }]) => [`--${flag}${value ? ` ${value}` : ""}`, help] as const,
  );
  const text = [command.summary, `Usage: ${usage}`, table(rows), command.notes].filter(Boolean).join("\n\n");
  return { text, json: { command: name, usage, summary: command.summary, flags: Object.fromEntries(rows) } };
}

/** All commands, a line each, or those alone that begin with a word. */
export async function overview(family?: string): Promise<Answer> {
  const shown = Object.entries(commands).filter(([name]) => !family || name.startsWith(`${family} `));
  const rows = await Promise.all(shown.map(async ([name, load]) => [name, (await load()).summary] as const));
  const text = [
    "Torg, a public square for public bodies.",
    "Usage: npm run torg -- <command>",
    table(rows),
    "More on each: npm run torg -- <command> --help",
  ].join("\n\n");
  return { text, json: { commands: Object.fromEntries(rows) } };
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}
