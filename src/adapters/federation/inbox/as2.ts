/** A JSON object from outside, of which nothing is believed yet. */
export type Json = { readonly [key: string]: unknown };

/** ActivityStreams lets one value stand for a list of one; no list is followed beyond this. */
const longestList = 256;
/** In bytes: what an index of the database can hold. */
export const longestUri = 2048;

export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.slice(0, longestList) : [value];
}

/** The value itself, or the first of a list, if it is an object. */
export function objectOf(value: unknown): Json | undefined {
  const found = listOf(value).find((one) => typeof one === "object" && one !== null && !Array.isArray(one));
  return found as Json | undefined;
}

export function objectsOf(value: unknown): Json[] {
  return listOf(value).flatMap((one): Json[] => {
    const object = objectOf(one);
    return object ? [object] : [];
  });
}

/**
 * An http address fit to name something: no white space, no control characters, no credentials, not too long.
 * A host that ends in a dot is the same host under a name that no block and no comparison would know.
 */
export function uriOf(value: unknown): string | undefined {
  if (
    typeof value !== "string" ||
    Buffer.byteLength(value) > longestUri ||
    !/^https?:\/\/[^\s\p{C}"<>]+$/iu.test(value)
  )
    return undefined;
  const url = URL.parse(value);
  return url && url.username === "" && url.password === "" && !url.hostname.endsWith(".") ? value : undefined;
}

/** Who or what is meant, given as an address, an object with one, or a list of either. */
export function idOf(value: unknown): string | undefined {
  for (const one of listOf(value)) {
    const id = uriOf(typeof one === "string" ? one : objectOf(one)?.["id"]);
    if (id) return id;
  }
  return undefined;
}

export function idsOf(value: unknown): string[] {
  return listOf(value).flatMap((one) => idOf(one) ?? []);
}

/** Short name of the first type, whether it came as Note, as:Note or with its whole namespace. */
export function typeOf(value: unknown): string | undefined {
  const type = listOf(objectOf(value)?.["type"]).find((one) => typeof one === "string");
  const short = type?.replace(/^(as:|https?:\/\/www\.w3\.org\/ns\/activitystreams#)/u, "");
  return short && /^[A-Za-z][\w:.-]{0,63}$/.test(short) ? short : undefined;
}

/** Links given as an address, a Link object, or a list of either, in order. */
export function linksOf(value: unknown): { href: string; mediaType: string | undefined }[] {
  return listOf(value).flatMap((one) => {
    const link = objectOf(one);
    const href = uriOf(typeof one === "string" ? one : (link?.["href"] ?? link?.["url"]));
    return href ? [{ href, mediaType: stringOf(link?.["mediaType"]) }] : [];
  });
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Are both served by the same host and port? The only ground on which one may speak of the other. */
export function sameHost(one: string, other: string): boolean {
  const host = URL.parse(one)?.host;
  return host !== undefined && host !== "" && host === URL.parse(other)?.host;
}

const publicNames = ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];

export function isPublic(value: unknown): boolean {
  return listOf(value).some((one) =>
    publicNames.includes(String(typeof one === "string" ? one : objectOf(one)?.["id"])),
  );
}
