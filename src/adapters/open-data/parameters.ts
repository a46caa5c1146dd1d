import type { Context } from "hono";
import type { Env } from "#context.ts";
import { parseId } from "#platform/id.ts";
import { problem, type ParameterError } from "./problem.ts";

export const limits = { usual: 100, most: 500 } as const;

/** A day counts in the authority's zone; a time says its offset itself. */
export type Moment = Temporal.PlainDate | Temporal.Instant;

const moment = {
  anyOf: [
    { type: "string", format: "date" },
    { type: "string", format: "date-time" },
  ],
} as const;

/** Everything that may be asked for in an address: what it means, what it may be, and how it is read. */
export const parameters = {
  format: {
    description: "The form of the answer. Without it the Accept header decides; JSON is usual.",
    schema: { type: "string", enum: ["json", "csv"] },
    allowed: "json or csv",
    read: (text: string) => (text === "json" || text === "csv" ? text : undefined),
  },
  limit: {
    description: "How many there are on a page at most.",
    schema: { type: "integer", minimum: 1, maximum: limits.most, default: limits.usual },
    allowed: `a whole number from 1 to ${limits.most}`,
    read: (text: string) =>
      /^\d{1,4}$/.test(text) && +text >= 1 && +text <= limits.most ? +text : undefined,
  },
  after: {
    description: "Only what comes after this id. The last id of a page is where the next begins.",
    schema: { type: "string", pattern: "^[1-9][0-9]{17,18}$" },
    allowed: "an id: 18 or 19 digits",
    read: (text: string) => parseId<"post" & "account">(text),
  },
  account: {
    description:
      "Only what this account of the authority has said (of threads: takes part in). Its id or its handle.",
    schema: { type: "string", pattern: "^[A-Za-z0-9_]{1,64}$" },
    allowed: "the id or the handle of an account in the register, as in kommunchef",
    read: (text: string) => (/^[A-Za-z0-9_]{1,64}$/.test(text) ? text : undefined),
  },
  thread: {
    description: "Only posts of this thread.",
    schema: { type: "string", pattern: "^[1-9][0-9]{17,18}$" },
    allowed: "an id: 18 or 19 digits",
    read: (text: string) => parseId<"post">(text),
  },
  tag: {
    description: "Only posts with this tag, whatever its case.",
    schema: { type: "string", minLength: 1, maxLength: 100 },
    allowed: "a tag of 1 to 100 characters, with or without #",
    read: (text: string) => /^#?([^\s#\p{Cc}]{1,100})$/u.exec(text)?.[1],
  },
  language: {
    description: "Only posts said to be in this language.",
    schema: { type: "string", pattern: "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$" },
    allowed: "a language tag by BCP 47, as in sv",
    read: (text: string) => (/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(text) ? text : undefined),
  },
  kind: {
    description: "Only short posts, or only articles.",
    schema: { type: "string", enum: ["note", "article"] },
    allowed: "note or article",
    read: (text: string) => (text === "note" || text === "article" ? text : undefined),
  },
  network: {
    description: "Only posts said on this network. torg is the authority's own place.",
    schema: { type: "string", enum: ["torg", "fediverse"] },
    allowed: "torg or fediverse",
    read: (text: string) => (text === "torg" || text === "fediverse" ? text : undefined),
  },
  from: {
    description:
      "Only posts published at this time or later; a day begins at midnight in the authority's zone.",
    schema: moment,
    allowed: "a date as in 2026-05-01, or a time with its offset as in 2026-05-01T08:00:00Z",
    read: readMoment,
  },
  to: {
    description: "Only posts published before this time; a day is taken to its end.",
    schema: moment,
    allowed: "a date as in 2026-05-07, or a time with its offset as in 2026-05-08T00:00:00Z",
    read: readMoment,
  },
  position: {
    description: "Only changes after this position; now gives the position to begin at.",
    schema: { type: "string", pattern: "^(now|0|[1-9][0-9]{0,17})$" },
    allowed: "the position of an earlier answer, 0, or now",
    read: (text: string) => (/^(now|0|[1-9]\d{0,17})$/.test(text) ? text : undefined),
  },
} as const;

export type ParameterName = keyof typeof parameters;
export type Values<Name extends ParameterName> = {
  [One in Name]?: NonNullable<ReturnType<(typeof parameters)[One]["read"]>>;
};

/** In the address it is called `after`, as everywhere. */
export function nameInQuery(name: ParameterName): string {
  return name === "position" ? "after" : name;
}

/** What was asked for; what is unknown, twice there or not understood is answered with what may be asked for. */
export function readQuery<Name extends ParameterName>(
  c: Context<Env>,
  names: readonly Name[],
): { values: Values<Name>; given: Record<string, string> } | Response {
  const given = new URL(c.req.url).searchParams;
  const values: Record<string, unknown> = {};
  const errors: ParameterError[] = [];
  for (const name of new Set(given.keys())) {
    const known = names.find((one) => nameInQuery(one) === name);
    const [text = "", ...others] = given.getAll(name);
    const value = known && parameters[known].read(text);
    if (known && value !== undefined && others.length === 0) values[known] = value;
    else errors.push({ parameter: name, allowed: allowedFor(known, names, others.length > 0) });
  }
  if (errors.length === 0) return { values: values as Values<Name>, given: Object.fromEntries(given) };
  const detail = errors.map(({ parameter, allowed }) => `${parameter}: ${allowed}`).join("; ");
  return problem(c, 400, `Not understood – ${detail}.`, { errors });
}

function allowedFor(
  known: ParameterName | undefined,
  names: readonly ParameterName[],
  twice: boolean,
): string {
  if (!known) return `no such parameter here; there are ${names.map(nameInQuery).join(", ")}`;
  return twice ? `once only: ${parameters[known].allowed}` : parameters[known].allowed;
}

/** When a period begins or, exclusively, ends. */
export function instantOf(
  moment: Moment | undefined,
  zone: string,
  edge: "begin" | "end",
): Temporal.Instant | undefined {
  if (!(moment instanceof Temporal.PlainDate)) return moment;
  return (edge === "end" ? moment.add({ days: 1 }) : moment).toZonedDateTime(zone).toInstant();
}

function readMoment(given: string): Moment | undefined {
  // A plus that is not encoded reaches us as a space.
  const text = given.replace(/ (?=\d\d:\d\d$)/, "+");
  // In no zone before the year that a database begins with.
  if (!/^(?!000[01])\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/.test(text))
    return undefined;
  try {
    return text.includes("T") ? Temporal.Instant.from(text) : Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
}
