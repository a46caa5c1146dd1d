import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { emptyEndpoints } from "#adapters/api/empty/endpoints.ts";
import type { Access, Endpoint } from "#adapters/api/endpoint.ts";
import { endpoints } from "#adapters/api/endpoints.ts";
import { hole, requestsIn, type Requests } from "./requests-in.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
export const documentPath = `${root}docs/client-api.md`;

export type EndpointRow = Pick<Endpoint, "method" | "path" | "access"> & { empty: boolean; tests: string[] };

/** Every endpoint with the test files that ask it, in the order of the paths. */
export function endpointRows(): EndpointRow[] {
  const named = globSync(["src/adapters/api/**/*.test.ts", "test/**/*.test.ts", "test/whole/*.ts"], {
    cwd: root,
  })
    .toSorted()
    .map((file) => ({ file, ...requestsIn(readFileSync(root + file, "utf8")) }));
  return endpoints
    .map((endpoint) => ({
      method: endpoint.method,
      path: endpoint.path,
      access: endpoint.access,
      empty: emptyEndpoints.includes(endpoint),
      tests: named.filter((source) => asks(source, endpoint)).map(({ file }) => basename(file)),
    }))
    .toSorted((one, other) => compare(one.path, other.path) || compare(one.method, other.method));
}

/** The document with the table as it ought to be. */
export function withTable(document: string): string {
  const [begin, end] = ["<!-- endpoints -->", "<!-- /endpoints -->"];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`${documentPath} lacks the marks between which the table stands`);
  return `${document.slice(0, from + begin.length)}\n\n${table(endpointRows())}\n\n${document.slice(to)}`;
}

function table(rows: readonly EndpointRow[]): string {
  const lines = rows.map(
    ({ method, path, access, empty, tests }) =>
      `| \`${method} ${path}\` | ${empty ? "empty or refused" : "yes"} | ${accessWords(access)} | ${tests[0] ? `\`${tests[0]}\`` : "no"} |`,
  );
  return ["| Endpoint | Implemented | Who may ask | Tested by |", "| --- | --- | --- | --- |", ...lines].join(
    "\n",
  );
}

function accessWords(access: Access): string {
  switch (access.kind) {
    case "open":
      return "anyone";
    case "app":
      return "any token";
    case "optional":
      return `anyone; a token holds \`${access.scope}\``;
    case "user":
      return access.scopes.map((scope) => `\`${scope}\``).join(" or ");
  }
}

function asks({ asked, words }: Requests, { method, path }: Endpoint): boolean {
  const wanted = path.split("/");
  return asked.some((request) => request.method === method && isAt(request.path.split("/")));

  function isAt(given: string[]): boolean {
    if (given.length !== wanted.length) return false;
    return wanted.every((segment, index) => {
      const part = given[index] ?? "";
      if (segment.startsWith(":")) return part !== "";
      return part === segment || (part === hole && words.has(segment));
    });
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
