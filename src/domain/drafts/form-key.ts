import { createHash } from "node:crypto";

/**
 * The one-time key of an open form. A draft that fills a form lends it its own key, with a name for that form and the
 * version it was filled with, so that two windows with the same draft can be told apart.
 */
export type FormKey = { key: string; tab: string | null; base: number | null };

export function readFormKey(once: string): FormKey {
  const [, key, tab, base] = /^(.{16,43})-t([\w-]{6})-(\d{1,6})$/.exec(once) ?? [];
  return key && tab && base ? { key, tab, base: Number(base) } : { key: once, tab: null, base: null };
}

/** `secret`: at least six characters of [A-Za-z0-9_-] that no other form has. */
export function formKey(draft: { key: string; version: number }, secret: string): string {
  return `${draft.key}-t${secret.slice(0, 6)}-${draft.version}`;
}

/** Where a window keeps its own words once they part from the draft that it was filled with. */
export function partingKey({ key, tab }: FormKey): string {
  return createHash("sha256")
    .update(`${key} ${tab ?? ""}`)
    .digest("base64url");
}
