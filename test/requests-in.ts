/** What a test file asks, as far as it can be read from its text: no program is run for it. */
export type Request = { method: string; path: string };
export type Requests = {
  asked: Request[];
  /** Single words in quotes, which stand in paths through a variable: `/statuses/${id}/${verb}`. */
  words: ReadonlySet<string>;
};

/** What is put into a path when the test runs. */
export const hole = "${}";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const quoted = String.raw`["'\x60]([^"'\x60\s]*)["'\x60]`;
const pathOrName = String.raw`(?:${quoted}|(\w+)\b)`;
/** `api("PUT", path)`, `api(method, path)`, `post(path)`, and a path by itself, which is one that is read. */
const withMethod = new RegExp(String.raw`["'\x60](${methods.join("|")})["'\x60]\s*,\s*${pathOrName}`, "g");
const withSomeMethod = new RegExp(String.raw`\bmethod\s*,\s*${pathOrName}`, "g");
const withVerb = new RegExp(String.raw`\b(get|post|put|patch|delete)(?:<[^()]*>)?\(\s*${pathOrName}`, "g");
const alone = new RegExp(quoted, "g");
const stream = new RegExp(String.raw`\b(?:events|openEventsEar)\((?:[\w.]+,\s*)?${quoted}`, "g");

export function requestsIn(source: string): Requests {
  const text = source.replace(/\$\{(?!\w+\})(?:[^{}]|\{[^{}]*\})*\}/g, hole);
  const known = constantsIn(text);
  const named = (literal: string | undefined, name: string | undefined): string[] =>
    literal === undefined ? (known.get(name ?? "") ?? []) : [literal];
  const found: Request[] = [];
  const add = (method: string, paths: string[], bases: readonly string[]) => {
    for (const path of paths.flatMap((one) => filledIn(one, known)))
      for (const whole of from(path, bases)) found.push({ method, path: whole });
  };
  const versions = ["/api/v1/", "/api/v2/"];
  for (const [, method = "", literal, name] of text.matchAll(withMethod))
    add(method, named(literal, name), versions);
  for (const [, literal, name] of text.matchAll(withSomeMethod))
    for (const method of methods.filter((one) => text.includes(`"${one}"`)))
      add(method, named(literal, name), versions);
  for (const [, verb = "", literal, name] of text.matchAll(withVerb))
    add(verb.toUpperCase(), named(literal, name), versions);
  for (const [, literal] of text.matchAll(alone)) add("GET", named(literal, undefined), []);
  for (const [, literal] of text.matchAll(stream))
    add("GET", named(literal, undefined), ["/api/v1/streaming/"]);
  const words = new Set([...text.matchAll(/["'`](\w+)["'`]/g)].map(([, word = ""]) => word));
  return { asked: found, words };
}

/**
 * `const at = "/api/v2/filters"`, `const [one, two] = ["…", "…"]`, `for (const path of ["…", "…"])`. One name may stand
 * for several, in as many tests.
 */
function constantsIn(text: string): Map<string, string[]> {
  const constants = new Map<string, string[]>();
  const add = (name: string, values: string[]) =>
    void constants.set(name, [...(constants.get(name) ?? []), ...values]);
  const literals = (list: string) => [...list.matchAll(alone)].map(([, value = ""]) => value);
  const single = new RegExp(String.raw`const (\w+)(?:: \w+)? =\s*${quoted}`, "g");
  for (const [, name = "", value = ""] of text.matchAll(single)) add(name, [value]);
  for (const [, name = "", values = ""] of text.matchAll(/const (\w+) of \[([^\]]*)\]/g))
    add(name, literals(values));
  for (const [, names = "", values = ""] of text.matchAll(/const \[([\w, ]+)\] = \[([^\]]*)\]/g)) {
    const given = literals(values);
    for (const [index, name] of names.split(/,\s*/).entries()) if (given[index]) add(name, [given[index]]);
  }
  return constants;
}

function filledIn(path: string, known: ReadonlyMap<string, string[]>, depth = 0): string[] {
  const name = /\$\{(\w+)\}/.exec(path);
  if (!name) return [path];
  const values = depth < 4 ? (known.get(name[1] ?? "") ?? []) : [];
  const next = [...new Set([...values, hole])];
  return next.flatMap((value) =>
    filledIn(
      path.replace(name[0], () => value),
      known,
      depth + 1,
    ),
  );
}

/** The whole path: without the host before and the query behind; one that is not whole, from each base. */
function from(path: string, bases: readonly string[]): string[] {
  const bare = path.replace(/^\$\{\}(?=\/)/, "").replace(/[?#].*$/, "");
  if (bare.startsWith("/")) return [bare];
  return /^[\w$]/.test(bare) ? bases.map((base) => base + bare) : [];
}
