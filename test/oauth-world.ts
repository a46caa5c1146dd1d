import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Services } from "#context.ts";
import type { Database } from "#platform/database.ts";
import { startClientWorld, type Answered, type ClientWorld } from "./client-world.ts";

export const redirectUri = "https://app.example/callback";
export const oob = "urn:ietf:wg:oauth:2.0:oob";
export const verifier = "ett-hemligt-ord-som-bara-programmet-har-sett";
export const challenge = createHash("sha256").update(verifier).digest("base64url");

export type Registered = { client_id: string; client_secret: string };
export type TokenAnswer = { access_token: string; scope: string; error?: string; created_at: number };
type Fields = Record<string, string>;

/** An authority in use, and apps that ask to be let in. */
export type OauthWorld = ClientWorld & {
  register: (more?: Record<string, string | string[]>) => Promise<Registered>;
  /** The page on which a person is asked; `undefined` leaves a field out. */
  page: (app: Registered, more?: Record<string, string | undefined>, cookie?: string) => Promise<Response>;
  /** The person presses a button of that page. */
  press: (app: Registered, more?: Record<string, string | undefined>, cookie?: string) => Promise<Response>;
  /** Lets an app in, and returns its code. */
  code: (app: Registered, more?: Record<string, string | undefined>) => Promise<string>;
  redeem: (app: Registered, code: string, more?: Fields) => Promise<Answered<TokenAnswer>>;
  kinds: () => Promise<string[]>;
};

export async function startOauthWorld(
  scope: { after(cleanup: () => Promise<void> | void): void },
  db: Database,
  more: Partial<Services> = {},
): Promise<OauthWorld> {
  const world = await startClientWorld(scope, db, more);
  const { header: anna } = await world.signIn();
  const request = (app: Registered, fields: Record<string, string | undefined>) => {
    const usual = {
      response_type: "code",
      client_id: app.client_id,
      redirect_uri: redirectUri,
      scope: "read write",
    };
    const all: Record<string, string | undefined> = { ...usual, ...fields };
    return Object.fromEntries(
      Object.entries(all).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, value]],
      ),
    );
  };
  const self: OauthWorld = {
    ...world,
    async register(fields = {}) {
      const usual = { client_name: "Provapp", redirect_uris: redirectUri, scopes: "read write follow push" };
      const { status, body } = await world.api<Registered>("POST", "/api/v1/apps", {
        form: { ...usual, ...fields },
      });
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    },
    page: (app, fields = {}, cookie = anna) =>
      world.ask(`/oauth/authorize?${new URLSearchParams(request(app, fields)).toString()}`, cookie),
    press: (app, fields = {}, cookie = anna) =>
      world.ask("/oauth/authorize", cookie, {
        answer: "allow",
        account: world.office.id,
        ...request(app, fields),
      }),
    async code(app, fields = {}) {
      const answer = await self.press(app, fields);
      assert.equal(answer.status, 303, await answer.text());
      return new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
    },
    redeem: (app, code, fields = {}) =>
      world.api<TokenAnswer>("POST", "/oauth/token", {
        form: {
          grant_type: "authorization_code",
          code,
          redirect_uri: redirectUri,
          client_id: app.client_id,
          client_secret: app.client_secret,
          ...fields,
        },
      }),
    async kinds() {
      const { id } = world.authority;
      const rows = await db.read(
        id,
        (tx) => tx<{ kind: string }[]>`
          select kind from journal where authority = ${id} and kind like 'access-token%' order by id`,
      );
      return rows.map(({ kind }) => kind);
    },
  };
  return self;
}
