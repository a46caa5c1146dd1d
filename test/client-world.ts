import { makeAccessToken } from "#domain/accounts/access-token.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Services } from "#context.ts";
import type { Database } from "#platform/database.ts";
import { startDeckSite, type DeckSite } from "./deck-site.ts";

export type Asked = {
  token?: string;
  /** Arrays are sent as `name[]`. */
  query?: Fields;
  form?: Fields;
  json?: unknown;
  multipart?: FormData;
  headers?: Record<string, string>;
};
type Fields = Record<string, string | readonly string[]>;
export type Answered<Body> = { status: number; body: Body; headers: Headers };

/** An authority in use, as apps of its people reach it. */
export type ClientWorld = DeckSite & {
  /** A token of the person (Anna unless another is named), who speaks for the account (the office unless named). */
  token(scopes: readonly string[], as?: { person?: PersonId; account?: Account }): Promise<string>;
  /** Sends a request; the body is read as JSON and taken for what the test says that it is: `api<Status>("GET", …)`. */
  api<Body = Record<string, unknown>>(method: string, path: string, asked?: Asked): Promise<Answered<Body>>;
};

export async function startClientWorld(
  scope: { after(cleanup: () => Promise<void> | void): void },
  db: Database,
  more: Partial<Services> = {},
): Promise<ClientWorld> {
  const site = await startDeckSite(scope, db, more);
  return {
    ...site,
    async token(scopes, as = {}) {
      const wanted = { person: as.person ?? site.person, account: (as.account ?? site.office).id, scopes };
      const made = await db.as(site.authority.id, (tx) => makeAccessToken(tx, site.authority.id, wanted));
      if (made.outcome !== "made") throw new Error(made.outcome);
      return made.token;
    },
    async api<Body>(method: string, path: string, asked: Asked = {}): Promise<Answered<Body>> {
      const url = new URL(path, site.origin);
      for (const [name, value] of pairs(asked.query)) url.searchParams.append(name, value);
      const headers = new Headers(asked.headers);
      if (asked.token) headers.set("authorization", `Bearer ${asked.token}`);
      if (asked.json !== undefined) headers.set("content-type", "application/json");
      const body =
        asked.json !== undefined
          ? JSON.stringify(asked.json)
          : (asked.multipart ?? (asked.form && new URLSearchParams(pairs(asked.form))));
      const response = await fetch(url, { method, headers, redirect: "manual", ...(body ? { body } : {}) });
      return {
        status: response.status,
        headers: response.headers,
        body: parsed(await response.text()) as Body,
      };
    },
  };
}

function pairs(fields: Fields = {}): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    typeof value === "string"
      ? [[name, value] as [string, string]]
      : value.map((one) => [`${name}[]`, one] as [string, string]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
