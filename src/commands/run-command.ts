import { parseArgs } from "node:util";
import { readConfig } from "#config.ts";
import { systemClock } from "#platform/clock.ts";
import { UsageError, type Answer, type Call, type Command, type Flag } from "./command.ts";
import { commands } from "./commands.ts";
import { helpFor, overview } from "./help.ts";

/** Runs one command line. Returns the exit code: 0 done, 1 not done, 2 not understood. */
export async function runCommand(line: readonly string[]): Promise<number> {
  const json = line.includes("--json");
  try {
    const answer = await find(line);
    const text = json ? JSON.stringify(answer.json) : answer.text;
    if (text !== "") process.stdout.write(`${text}\n`);
    return 0;
  } catch (error) {
    // It names errors of many rooms, which need not be read before.
    const { explain } = await import("./explain-error.ts");
    const { code, message, exit } = explain(error);
    if (json) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
    else process.stderr.write(`${message}\n`);
    return exit;
  }
}

async function find(line: readonly string[]): Promise<Answer> {
  const words = line[0] === "help" ? [...line.slice(1), "--help"] : line;
  const name = [words.slice(0, 2).join(" "), words[0] ?? ""].find((name) => Object.hasOwn(commands, name));
  const load = name === undefined ? undefined : commands[name];
  if (name === undefined || !load) return beSaid(words);
  const command = await load();
  return call(name, command, words.slice(name.split(" ").length));
}

async function beSaid(words: readonly string[]): Promise<Answer> {
  const first = words.find((word) => !word.startsWith("-"));
  if (first === undefined && (words.length === 0 || words.includes("--help"))) return overview();
  if (first !== undefined && words.includes("--help") && isFamily(first)) return overview(first);
  if (first !== undefined && isFamily(first))
    throw new UsageError(
      `"${words.slice(0, 2).join(" ")}" is not a whole command; there is ${familyOf(first).join(", ")}. Nothing was done.`,
    );
  throw new UsageError(
    `There is no command "${first ?? words[0]}". Nothing was done. See them all with: npm run torg -- --help`,
  );
}

/** The commands that begin with a word, as "account add" does. */
function familyOf(word: string): string[] {
  return Object.keys(commands).filter((name) => name.startsWith(`${word} `));
}
const isFamily = (word: string) => familyOf(word).length > 0;

async function call(name: string, command: Command, args: readonly string[]): Promise<Answer> {
  if (args.includes("--help")) return helpFor(name, command);
  const world = {
    config: readConfig(undefined, command.data === undefined ? {} : { data: command.data }),
    clock: systemClock,
  };
  return command.run(callOf(name, command, args, world));
}

/** What a command line says, as the command reads it. */
export function callOf(
  name: string,
  command: Command,
  args: readonly string[],
  world: Pick<Call, "config" | "clock">,
): Call {
  const { values, positionals } = parse(name, command, args);
  return {
    ...world,
    json: values["json"] === true,
    argument: (index) => positionals[index] ?? "",
    value: (flag) => values[flag]?.toString(),
    required: (flag) => values[flag]?.toString() ?? "",
    given: (flag) => values[flag] === true,
  };
}

function parse(name: string, command: Command, args: readonly string[]) {
  const flags = Object.entries(command.flags);
  const options = Object.fromEntries(
    [...flags, ["json", { help: "" }] satisfies [string, Flag]].map(([flag, one]: [string, Flag]) => [
      flag,
      { type: one.value === undefined ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  const { values, positionals } = attempt(name, () =>
    parseArgs({ args: [...args], options, allowPositionals: true, strict: true }),
  );
  const missing = [
    ...command.arguments.slice(positionals.length),
    ...flags.filter(([flag, { required }]) => required && !values[flag]).map(([flag]) => `--${flag}`),
  ];
  if (missing.length > 0) throw wrongUse(name, `It lacks ${missing.join(" and ")}.`);
  if (positionals.length > command.arguments.length)
    throw wrongUse(name, `"${positionals.at(-1)}" is one argument too many; texts with spaces need quotes.`);
  return { values: values as Record<string, string | boolean | undefined>, positionals };
}

function attempt<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw wrongUse(name, `${error.message.split(". To specify")[0]?.replace(/\.$/, "")}.`);
  }
}

function wrongUse(name: string, what: string): UsageError {
  return new UsageError(`${what} Nothing was done. How it is used: npm run torg -- ${name} --help`);
}
