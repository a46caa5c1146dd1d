/** JSON Schema 2020-12, as far as it is used here. */
export type Schema = { readonly [keyword: string]: unknown };

type Properties = Readonly<Record<string, Schema>>;

/** All properties are always there; what is not known is null. Newer answers may have more of them. */
export function object(
  description: string,
  properties: Properties,
  optional: readonly string[] = [],
): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", description, properties, required };
}

export function list(items: Schema, description?: string): Schema {
  return { type: "array", items, ...(description ? { description } : {}) };
}

export function text(description: string, more: Schema = {}): Schema {
  return { type: "string", description, ...more };
}

export function textOrNull(description: string, more: Schema = {}): Schema {
  return { type: ["string", "null"], description, ...more };
}

export function count(description: string): Schema {
  return { type: "integer", minimum: 0, description };
}

export function flag(description: string): Schema {
  return { type: "boolean", description };
}

export function id(description: string): Schema {
  return text(description, { pattern: "^[1-9][0-9]{17,18}$" });
}

export function idOrNull(description: string): Schema {
  return textOrNull(description, { pattern: "^[1-9][0-9]{17,18}$" });
}

export function address(description: string): Schema {
  return text(description, { format: "uri" });
}

export function addressOrNull(description: string): Schema {
  return textOrNull(description, { format: "uri" });
}

export function time(description: string): Schema {
  return text(`${description} ISO 8601 in UTC.`, { format: "date-time" });
}

export function timeOrNull(description: string): Schema {
  return textOrNull(`${description} ISO 8601 in UTC.`, { format: "date-time" });
}

/** Another of our schemas, by the name that it is served under beside this one. */
export function ref(name: string): Schema {
  return { $ref: `${name}.json` };
}

/** A page of a list. */
export function page(description: string, items: Schema, more: Properties = {}): Schema {
  return object(description, {
    items: list(items),
    next: addressOrNull("Where the list goes on; null at its end. The Link header says the same."),
    ...more,
  });
}
