import type { Config } from "#config.ts";
import type { Clock } from "#platform/clock.ts";

/** One word after `torg` (or two), and what it does. */
export type Command = {
  /** One line of the list of commands. */
  summary: string;
  /** What stands after the flags that every command has, in order; all are required. */
  arguments: readonly string[];
  flags: Record<string, Flag>;
  /** Paragraphs of --help beneath the flags. */
  notes?: string;
  /** Where it keeps its things when TORG_DATA says nothing. */
  data?: string;
  run(call: Call): Promise<Answer>;
};

/** `value` names what follows the flag; without it the flag stands alone. */
export type Flag = { help: string; value?: string; required?: true };

export type Call = {
  config: Config;
  clock: Clock;
  json: boolean;
  /** The nth argument. */
  argument(index: number): string;
  value(flag: string): string | undefined;
  required(flag: string): string;
  given(flag: string): boolean;
};

/** What goes to stdout: `text` to a person, `json` with --json. */
export type Answer = { text: string; json: Record<string, unknown> };

/** It could not be done. The message says what happened, what was kept and what to do. */
export class CommandError extends Error {
  override name = "CommandError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** It was not asked for in a way that can be understood. */
export class UsageError extends Error {
  override name = "UsageError";
}
