import type { Context } from "hono";
import qs from "qs";
import type { Env } from "#context.ts";
import { parseId, type Id } from "#platform/id.ts";
import { numberNested } from "./number-nested.ts";

/**
 * What a client sent, wherever it put it: query, form (`media_ids[]=1`, `fields_attributes[0][name]=x`), multipart or
 * JSON. Each reader gives undefined for what is missing or of another kind.
 */
export type Params = {
  has(name: string): boolean;
  text(name: string): string | undefined;
  /** Mastodon takes true, "true", "1", "on"; and false for the rest. */
  flag(name: string): boolean | undefined;
  /** A whole number. */
  number(name: string): number | undefined;
  /** One of these words. */
  word<Word extends string>(name: string, words: readonly Word[]): Word | undefined;
  id<Kind extends string>(name: string): Id<Kind> | undefined;
  /** Several texts; a single one counts as a list of one. */
  texts(name: string): string[];
  /** Several ids; what is none is left out. */
  ids<Kind extends string>(name: string): Id<Kind>[];
  file(name: string): File | undefined;
  /** What is nested under a name. */
  nested(name: string): Params | undefined;
  /** A list (or a hash with numbers for keys) of what is nested under a name. */
  all(name: string): Params[];
};

const bounds = { depth: 4, arrayLimit: 200, parameterLimit: 1_000, allowEmptyArrays: true } as const;

/** Path parameters are stronger than the body, and that than the query. Undefined for a body that cannot be read. */
export async function readParams(c: Context<Env>): Promise<Params | undefined> {
  const query = qs.parse(numberNested(new URL(c.req.url).search.slice(1)), { ...bounds });
  const body = await readBody(c);
  return body && paramsOf({ ...query, ...body, ...c.req.param() });
}

async function readBody(c: Context<Env>): Promise<Record<string, unknown> | undefined> {
  if (c.req.method === "GET" || c.req.method === "HEAD") return {};
  const type = c.req.header("content-type") ?? "";
  if (/^application\/json\b/i.test(type)) {
    const text = await c.req.text();
    if (text.trim() === "") return {};
    try {
      const value: unknown = JSON.parse(text);
      return isRecord(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }
  if (/^multipart\/form-data\b/i.test(type)) return readMultipart(c);
  return qs.parse(numberNested(await c.req.text()), bounds);
}

async function readMultipart(c: Context<Env>): Promise<Record<string, unknown>> {
  const form = await c.req.formData();
  const files: Record<string, File> = {};
  const texts: string[] = [];
  for (const [name, value] of form) {
    if (typeof value === "string") texts.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    else files[name] = value;
  }
  return { ...qs.parse(numberNested(texts.join("&")), bounds), ...files };
}

export function paramsOf(values: Record<string, unknown>): Params {
  const valueOf = (name: string): unknown => (Object.hasOwn(values, name) ? values[name] : undefined);
  const listOf = (name: string): unknown[] => {
    const value = valueOf(name);
    if (Array.isArray(value)) return value;
    if (isRecord(value) && Object.keys(value).every((key) => /^\d+$/.test(key))) return Object.values(value);
    return value === undefined || value === null || value === "" ? [] : [value];
  };
  const texts = (name: string) => listOf(name).flatMap((value) => asText(value) ?? []);
  const text = (name: string) => asText(valueOf(name));
  return {
    has: (name) => Object.hasOwn(values, name),
    text,
    flag: (name) => {
      const value = text(name);
      return value === undefined || value === "" ? undefined : /^(true|t|1|on|yes)$/i.test(value);
    },
    number: (name) => {
      const value = text(name);
      return value !== undefined && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
    },
    word: (name, words) => words.find((word) => word === text(name)),
    id: <Kind extends string>(name: string) => parseId<Kind>(text(name)),
    texts,
    ids: <Kind extends string>(name: string) => texts(name).flatMap((value) => parseId<Kind>(value) ?? []),
    file: (name) => {
      const value = valueOf(name);
      return value instanceof File ? value : undefined;
    },
    nested: (name) => {
      const value = valueOf(name);
      return isRecord(value) ? paramsOf(value) : undefined;
    },
    all: (name) => listOf(name).flatMap((value) => (isRecord(value) ? paramsOf(value) : [])),
  };
}

function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof File);
}
