import type { Context } from "hono";
import type { Env } from "#context.ts";

/** What a form said, as text; a field that is absent reads as empty. */
export type FormValues = {
  text(name: string): string;
  /** Every value of a field that may stand several times, as checkboxes do. */
  all(name: string): string[];
  has(name: string): boolean;
  file(name: string): unknown;
};

export async function readForm(c: Context<Env>): Promise<FormValues> {
  const form = await c.req.parseBody({ all: true });
  const every = (name: string) => {
    const value = form[name];
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  };
  const all = (name: string) => every(name).filter((value) => typeof value === "string");
  return {
    text: (name) => (all(name)[0] ?? "").trim(),
    all,
    has: (name) => all(name).length > 0,
    file: (name) => every(name).find((value) => typeof value !== "string"),
  };
}

/** Something wrong, and the id of the field that it belongs to. */
export type FormError = { id: string; message: string };

/** `{ error }` for a field's view, or nothing. */
export function errorOf(errors: readonly FormError[], id: string): { error?: string } {
  const message = errors.find((error) => error.id === id)?.message;
  return message === undefined ? {} : { error: message };
}
