/** The part of structured fields (RFC 8941) that signatures are written in. */
export type BareItem = string | number | boolean | Token | Uint8Array;
export type Token = { token: string };
export type Parameters = Map<string, BareItem>;
export type Item = { value: BareItem; parameters: Parameters };
export type InnerList = { items: Item[]; parameters: Parameters };

/** A dictionary whose members are items or inner lists; nothing when it is malformed. */
export function parseDictionary(text: string): Map<string, Item | InnerList> | undefined {
  const reader = { text: text.trim(), at: 0 };
  const members = new Map<string, Item | InnerList>();
  try {
    while (reader.at < reader.text.length) {
      const key = take(reader, KEY);
      const member = tryTake(reader, /=/y) === undefined ? flag(reader) : itemOrList(reader);
      members.set(key, member);
      if (reader.at === reader.text.length) break;
      take(reader, /[ \t]*,[ \t]*(?=.)/y);
    }
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
  return members;
}

export function serializeInnerList(list: InnerList): string {
  const items = list.items.map((item) => serializeBare(item.value) + serializeParameters(item.parameters));
  return `(${items.join(" ")})${serializeParameters(list.parameters)}`;
}

class Malformed extends Error {}
type Reader = { text: string; at: number };

const KEY = /[a-z*][a-z0-9_.*-]*/y;

function tryTake(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text);
  if (!match) return undefined;
  reader.at = pattern.lastIndex;
  return match[0];
}

function take(reader: Reader, pattern: RegExp): string {
  const taken = tryTake(reader, pattern);
  if (taken === undefined) throw new Malformed(`at ${reader.at}`);
  return taken;
}

function flag(reader: Reader): Item {
  return { value: true, parameters: parameters(reader) };
}

function itemOrList(reader: Reader): Item | InnerList {
  if (tryTake(reader, /\( */y) === undefined) return item(reader);
  const items: Item[] = [];
  while (tryTake(reader, /\)/y) === undefined) {
    items.push(item(reader));
    take(reader, / +|(?=\))/y);
  }
  return { items, parameters: parameters(reader) };
}

function item(reader: Reader): Item {
  return { value: bare(reader), parameters: parameters(reader) };
}

function parameters(reader: Reader): Parameters {
  const found: Parameters = new Map();
  while (tryTake(reader, /; */y) !== undefined) {
    const key = take(reader, KEY);
    const value = tryTake(reader, /=/y) === undefined ? true : bare(reader);
    // A repeated key counts where it stands last.
    found.delete(key);
    found.set(key, value);
  }
  return found;
}

function bare(reader: Reader): BareItem {
  const string = tryTake(reader, /"(?:[ !#-[\]-~]|\\["\\])*"/y);
  if (string !== undefined) return string.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");
  const bytes = tryTake(reader, /:[A-Za-z0-9+/]*={0,2}:/y);
  if (bytes !== undefined) return Buffer.from(bytes.slice(1, -1), "base64");
  const integer = tryTake(reader, /-?\d{1,15}(?![\d.])/y);
  if (integer !== undefined) return Number(integer);
  const boolean = tryTake(reader, /\?[01]/y);
  if (boolean !== undefined) return boolean === "?1";
  return { token: take(reader, /[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*/y) };
}

function serializeParameters(parameters: Parameters): string {
  return [...parameters]
    .map(([key, value]) => (value === true ? `;${key}` : `;${key}=${serializeBare(value)}`))
    .join("");
}

function serializeBare(value: BareItem): string {
  if (typeof value === "string") return `"${value.replaceAll(/["\\]/g, "\\$&")}"`;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "?1" : "?0";
  if (value instanceof Uint8Array) return `:${Buffer.from(value).toString("base64")}:`;
  return value.token;
}
