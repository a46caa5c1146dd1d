declare const kind: unique symbol;

/** A 64-bit snowflake as an 18-digit decimal string; they sort as text in order of arrival. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind };

/** Reads an id from a path or a form; undefined when it cannot be one. */
export function parseId<Kind extends string>(text: string | undefined): Id<Kind> | undefined {
  return text !== undefined &&
    /^[1-9]\d{17,18}$/.test(text) &&
    text <= "9223372036854775807".padStart(text.length, "0")
    ? (text as Id<Kind>)
    : undefined;
}
