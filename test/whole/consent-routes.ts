import { makeAccessToken } from "#domain/accounts/access-token.ts";
import { registerApp, type OauthApp } from "#domain/accounts/oauth-app.ts";
import { act, page, type Row, type World } from "./route-row.ts";

const authorize = "/oauth/authorize";
const apps = "/deck/settings/apps";
const redirectUri = "https://app.example/callback";

/** Where a person lets a program in, and puts it out again. The program is registered at this authority alone. */
export const consentTable: Row[] = [
  page(
    authorize,
    async (w) => `${authorize}?${new URLSearchParams(asked(await program(w))).toString()}`,
    [303, 400, 403, 200],
  ),
  act(
    authorize,
    async (w) => (await program(w), authorize),
    [303, 400, 403, 303],
    (w) => ({ ...asked(known.get(w)), answer: "allow", account: w.a.office.id }),
    { idle: ["nobody"] },
  ),
  page(apps, apps, [303, 200, 200, 200]),
  act(`${apps}/:token/revoke`, async (w) => `${apps}/${await token(w)}/revoke`, [401, 404, 404, 303]),
];

const known = new WeakMap<World, OauthApp>();

async function program(w: World): Promise<OauthApp> {
  const { id } = w.a.authority;
  const named = { name: "Provapp", website: null, redirectUris: [redirectUri], scopes: ["read"] };
  const app = known.get(w) ?? (await w.a.torg.db.as(id, (tx) => registerApp(tx, id, named)));
  known.set(w, app);
  return app;
}

function asked(app: OauthApp | undefined): Record<string, string> {
  return { response_type: "code", client_id: app?.clientId ?? "", redirect_uri: redirectUri };
}

async function token(w: World): Promise<string> {
  const { id } = w.a.authority;
  const wanted = { person: w.a.person, account: w.a.office.id, scopes: ["read"] };
  const made = await w.a.torg.db.as(id, (tx) => makeAccessToken(tx, id, wanted));
  if (made.outcome !== "made") throw new Error(made.outcome);
  return made.id;
}
