import { createAccount } from "#domain/accounts/create-account.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { queueDeliveries } from "#domain/deliveries/delivery.ts";
import { recordFailures } from "#domain/deliveries/peer.ts";
import { decideOnBlock } from "#domain/moderation/decide.ts";
import { openSession } from "#domain/people/session.ts";
import { makeLink } from "#domain/people/sign-in-link.ts";
import { receiveFollow, type FollowId } from "#domain/relationships/follows.ts";
import { heard, hidden } from "./deck-routes.ts";
import { act, everyone, page, type Row, type World } from "./route-row.ts";
import { accountOf } from "./square.ts";

const people = "/deck/settings/people";
const accounts = "/deck/settings/accounts";
const moderation = "/deck/moderation";
const office = (w: World) => `${accounts}/${w.a.office.id}`;
const someone = async (w: World) => `${people}/${await w.a.colleague()}`;
const now = () => Temporal.Now.instant();
let waiting: FollowId | undefined;

/** What staff set and decide: by role, or by the grant of one account. Everybody has their own page. */
export const settingsTable: Row[] = [
  page("/deck/settings", "/deck/settings", [303, 200, 200, 200]),
  act(
    "/deck/settings",
    () => "/deck/settings",
    [401, 303, 303, 303],
    () => ({ name: "Anna Exempel", language: "sv" }),
  ),
  act(
    "/deck/settings/sessions/:session/revoke",
    async (w) => `/deck/settings/sessions/${await session(w)}/revoke`,
    [401, 404, 404, 303],
  ),
  act(
    "/deck/settings/sessions/revoke-others",
    async (w) => (await session(w), "/deck/settings/sessions/revoke-others"),
    [401, 303, 303, 303],
  ),

  page(people, people, [303, 200, 403, 200]),
  act(
    people,
    () => people,
    [401, 303, 403, 303],
    (w) => ({ name: "Ny", email: `ny${w.next()}@example.se` }),
  ),
  page(`${people}/:person`, someone, [303, 404, 403, 200]),
  act(`${people}/:person`, someone, [401, 404, 403, 303], (w) => ({
    role: "moderator",
    account: w.a.office.id,
  })),
  act(`${people}/:person/link`, async (w) => `${await someone(w)}/link`, [401, 404, 403, 200]),
  act(`${people}/:person/end`, async (w) => `${await someone(w)}/end`, [401, 404, 403, 303]),

  page(accounts, accounts, [303, 200, 200, 200]),
  page(`${accounts}/new`, `${accounts}/new`, [303, 200, 403, 200]),
  act(
    `${accounts}/new`,
    () => `${accounts}/new`,
    [401, 303, 403, 303],
    (w) => ({ handle: `rektor${w.next()}`, name: "Rektorn", kind: "office" }),
  ),
  page(`${accounts}/:account`, office, [303, 404, 403, 200]),
  act(`${accounts}/:account`, office, [401, 404, 403, 303], (w) => ({ name: `Kommunchefen ${w.next()}` })),
  page(`${accounts}/:account/followers`, (w) => `${office(w)}/followers`, [303, 404, 403, 200]),
  act(`${accounts}/:account/followers`, asked, [401, 404, 403, 303], () => ({
    follow: waiting ?? "",
    answer: "accept",
  })),

  page("/deck/settings/authority", "/deck/settings/authority", [303, 200, 403, 200]),
  act(
    "/deck/settings/authority",
    () => "/deck/settings/authority",
    [401, 303, 403, 303],
    () => ({
      name: "Exempelkommun",
      accent: "#0b5c5f",
      email: "kommun@example.se",
      "first-language": "sv",
      both: "1",
    }),
  ),
  page("/deck/settings/deliveries", "/deck/settings/deliveries", [303, 200, 403, 200]),
  {
    ...act("/deck/settings/deliveries", failing, [401, 303, 403, 303], () => ({ host: "dead.test" })),
    retries: true,
  },

  page(moderation, moderation, [303, 200, 403, 200]),
  page(`${moderation}/blocks`, `${moderation}/blocks`, [303, 200, 403, 200]),
  act(
    `${moderation}/blocks`,
    () => `${moderation}/blocks`,
    [401, 303, 403, 303],
    (w) => ({ whom: `spam${w.next()}.test`, rule: "5", reason: "Skräp." }),
  ),
  act(`${moderation}/blocks/lift`, blocked, [401, 303, 403, 303], () => ({
    domain: "blocked.test",
    reason: "Rättat.",
  })),
  act(
    `${moderation}/posts/:post/unhide`,
    async (w) => `${moderation}/posts/${await hidden(w)}/unhide`,
    [401, 404, 403, 303],
    () => ({ reason: "Fel." }),
  ),
  act(
    `${moderation}/reports/:report`,
    async (w) => `${moderation}/reports/${await w.a.report(await heard(w), "Reklam")}`,
    [401, 404, 403, 303],
    () => ({ action: "nothing", reason: "Tillåtet." }),
  ),

  page("/sign-in", "/sign-in", [200, 200, 200, 200]),
  act(
    "/sign-in",
    () => "/sign-in",
    [200, 200, 200, 200],
    () => ({ email: "ingen@example.se" }),
    { idle: everyone },
  ),
  page("/sign-in/:secret", async (w) => `/sign-in/${await link(w)}`, [200, 410, 200, 200]),
  act("/sign-in/:secret", async (w) => `/sign-in/${await link(w)}`, [303, 410, 303, 303]),
  act("/sign-out", () => "/sign-out", [303, 303, 303, 303], undefined, { idle: ["nobody", "elsewhere"] }),
];

/** Another session of the one who is granted. */
async function session(w: World): Promise<string> {
  const { id } = w.a.authority;
  return w.a.torg.db.as(id, async (tx) => {
    await openSession(tx, id, w.a.person, "annan", now());
    const [row] = await tx<{ id: string }[]>`select max(id) as id from session where authority = ${id}`;
    return row?.id ?? "";
  });
}

function link(w: World): Promise<string> {
  const { id } = w.a.authority;
  return w.a.torg.db.as(id, (tx) => makeLink(tx, id, w.colleague, now()));
}

/** A follow that waits for an answer, of an account that asks to be asked. */
async function asked(w: World): Promise<string> {
  const { id } = w.a.authority;
  const keys = await newKeyPair();
  const handle = `stangd${w.next()}`;
  return w.a.torg.db.as(id, async (tx) => {
    const opened = await createAccount(
      tx,
      w.a.authority,
      { handle, name: handle, kind: "office" },
      keys,
      w.a.person,
    );
    if (opened.outcome !== "created") throw new Error(opened.outcome);
    const followed = { ...(await accountOf(w.a, w.a.office.id)), id: opened.id, locked: true };
    const uri = `${w.remote.origin}/follows/${handle}`;
    const received = await receiveFollow(tx, id, {
      network: "fediverse",
      uri,
      follower: w.stranger,
      followed,
      entry: null,
    });
    if (received.outcome === "refused") throw new Error("refused");
    waiting = received.id;
    return `${accounts}/${opened.id}/followers`;
  });
}

async function failing(w: World): Promise<string> {
  const { id } = w.a.authority;
  await w.a.torg.db.as(id, async (tx) => {
    const outgoing = { entry: null, account: w.a.office.id, post: null, body: "{}" };
    await queueDeliveries(tx, id, outgoing, [`https://dead.test/inbox/${w.next()}`]);
    await recordFailures(tx, id, [{ host: "dead.test", error: "connection refused", random: 0.5 }], now());
  });
  return "/deck/settings/deliveries";
}

async function blocked(w: World): Promise<string> {
  const { id } = w.a.authority;
  const decision = {
    action: "block",
    whom: { domain: "blocked.test" },
    rule: 5,
    reason: "Skräp.",
    person: w.a.person,
  } as const;
  await w.a.torg.db.as(id, (tx) => decideOnBlock(tx, id, decision));
  return `${moderation}/blocks/lift`;
}
