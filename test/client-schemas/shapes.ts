/**
 * Words for writing JSON Schemas (2020-12) of the Mastodon API's entities. An attribute is there and of its type unless
 * it is marked: `optional` is what the documentation calls optional, `nullable` what it calls nullable, `later` what
 * came after 4.4, so that we need not have it.
 */
export type Schema = { readonly [keyword: string]: unknown };
/** An attribute that may be left out. */
export type Optional = { readonly optional: Schema };
export type Fields = { readonly [name: string]: Schema | Optional };

/** An object with these attributes and no others, so that a misspelt one is found. */
export function entity(fields: Fields): Schema {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, isOptional(field) ? field.optional : field]),
  );
  const required = Object.entries(fields).flatMap(([name, field]) => (isOptional(field) ? [] : [name]));
  return { type: "object", properties, required, additionalProperties: false };
}

/** A hash with names that are not known beforehand. */
export function hashOf(values: Schema): Schema {
  return { type: "object", additionalProperties: values };
}

export function optional(schema: Schema): Optional {
  return { optional: schema };
}

/** Since 4.5 or 4.6; of the stated type if it is there. */
export const later = optional;

export function nullable(schema: Schema): Schema {
  return { anyOf: [schema, { type: "null" }] };
}

export function list(items: Schema): Schema {
  return { type: "array", items };
}

export function oneOf(...words: string[]): Schema {
  return { type: "string", enum: words };
}

/** Another entity, by its name in entities.ts. */
export function ref(name: string): Schema {
  return { $ref: name };
}

/** An attribute that we promise never to fill. */
export const nothing: Schema = { type: "null" };
export const text: Schema = { type: "string" };
export const words: Schema = { type: "string", minLength: 1 };
export const flag: Schema = { type: "boolean" };
export const number: Schema = { type: "number" };
export const count: Schema = { type: "integer", minimum: 0 };
/** "String (cast from an integer)". */
export const countAsText: Schema = { type: "string", pattern: "^\\d+$" };
/** "String (cast from an integer, but not guaranteed to be a number)"; ours are decimal and of fixed width. */
export const id: Schema = { type: "string", pattern: "^[1-9][0-9]{17,18}$" };
export const url: Schema = { type: "string", format: "uri", pattern: "^https?://" };
export const uri: Schema = { type: "string", format: "uri" };
/** A datetime as Mastodon writes it: UTC and milliseconds. */
export const moment: Schema = {
  type: "string",
  format: "date-time",
  pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$",
};
export const day: Schema = { type: "string", format: "date" };
/** Of HTML nothing is known but that it is text without what could run. */
export const html: Schema = { type: "string", not: { pattern: "<script|<iframe|\\son\\w+=" } };
/** "ISO 639-1 two-letter code"; some languages have three letters alone. */
export const language: Schema = { type: "string", pattern: "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$" };

function isOptional(field: Schema | Optional): field is Optional {
  return "optional" in field;
}
