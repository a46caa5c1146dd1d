import { Hono, type Context } from "hono";
import { accountUri, type Env, type Services, type Site } from "#context.ts";
import { accountsById, findAccount, findOwnAccount, type Account } from "#domain/accounts/account.ts";
import { pinnedPosts } from "#domain/posts/pins.ts";
import { postsById } from "#domain/posts/read-posts.ts";
import { countSaidInPublic, saidInPublic } from "#domain/posts/said-in-public.ts";
import { anyone } from "#domain/posts/visible-to.ts";
import { countFollows } from "#domain/relationships/follows.ts";
import type { Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";
import { announceOf, createOf } from "./documents/activities.ts";
import { actorDocument } from "./documents/actor.ts";
import { standalone, type ActivityJson } from "./documents/context.ts";
import { featuredUri, uriOfPost } from "./documents/own-uris.ts";
import { loadActor, loadNotes } from "./load-notes.ts";
import { respondError, respondJson, wantsActivity } from "./respond.ts";

const pageLength = 20;

/** Our accounts as actors, with their collections. */
export function accountRoutes(services: Pick<Services, "db">): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/ap/accounts/:id", async (c) => {
    const { authority } = c.get("site");
    const id = parseId<"account">(c.req.param("id"));
    return respondActor(services, c, id && ((tx) => findAccount(tx, authority.id, id)));
  });

  routes.get("/:handle{@[A-Za-z0-9_]+}", async (c, next) => {
    if (!wantsActivity(c)) {
      await next();
      c.res.headers.append("vary", "Accept");
      return;
    }
    const { authority } = c.get("site");
    const handle = c.req.param("handle").slice(1);
    return respondActor(services, c, (tx) => findOwnAccount(tx, authority.id, handle));
  });

  routes.get("/ap/accounts/:id/outbox", (c) =>
    withAccount(services, c, async (tx, site, account) => {
      const id = `${accountUri(site, account.id)}/outbox`;
      if (!c.req.query("page")) {
        const totalItems = await countSaidInPublic(tx, site.authority.id, account.id);
        return { id, type: "OrderedCollection", totalItems, first: `${id}?page=true` };
      }
      return outboxPage(tx, site, account, id, parseId<"act">(c.req.query("before")));
    }),
  );

  // Who follows and is followed is told in number only: residents have not agreed to stand on a public list.
  for (const side of ["followers", "following"] as const)
    routes.get(`/ap/accounts/:id/${side}`, (c) =>
      withAccount(services, c, async (tx, site, account) => ({
        id: `${accountUri(site, account.id)}/${side}`,
        type: "OrderedCollection",
        totalItems: await countFollows(tx, site.authority.id, account.id, side),
      })),
    );

  routes.get("/ap/accounts/:id/collections/featured", (c) =>
    withAccount(services, c, async (tx, site, account) => {
      const pinned = await pinnedPosts(tx, site.authority.id, account.id);
      return {
        id: featuredUri(site, account),
        type: "OrderedCollection",
        totalItems: pinned.length,
        orderedItems: pinned.map((post) => uriOfPost(site, post)),
      };
    }),
  );
  return routes;
}

/** A document about one of our living accounts. */
function withAccount(
  services: Pick<Services, "db">,
  c: Context<Env>,
  read: (tx: Transaction, site: Site, account: Account) => Promise<ActivityJson>,
): Promise<Response> {
  const site = c.get("site");
  const id = parseId<"account">(c.req.param("id"));
  return services.db.read(site.authority.id, async (tx) => {
    const account = id && (await findAccount(tx, site.authority.id, id));
    if (!account || account.uri !== null || account.goneAt)
      return respondError(c, 404, "no such account here");
    return respondJson(c, standalone(await read(tx, site, account)));
  });
}

async function respondActor(
  services: Pick<Services, "db">,
  c: Context<Env>,
  find: ((tx: Transaction) => Promise<Account | undefined>) | undefined,
): Promise<Response> {
  const site = c.get("site");
  if (!find) return respondError(c, 404, "no such account here");
  return services.db.read(site.authority.id, async (tx) => {
    const account = await find(tx);
    if (!account || account.uri !== null) return respondError(c, 404, "no such account here");
    if (account.goneAt) {
      const tombstone = { id: accountUri(site, account.id), type: "Tombstone" };
      return respondJson(c, standalone(tombstone), { status: 410 });
    }
    c.set("ready", {});
    return respondJson(c, standalone(actorDocument(site, await loadActor(tx, site, account))));
  });
}

async function outboxPage(
  tx: Transaction,
  site: Site,
  account: Account,
  outbox: string,
  before: string | undefined,
): Promise<ActivityJson> {
  const authority = site.authority.id;
  const acts = await saidInPublic(tx, authority, account.id, { before, limit: pageLength });
  const posts = await postsById(
    tx,
    authority,
    acts.map((act) => act.post),
    anyone,
  );
  const own = posts.filter((post) => post.uri === null && post.account === account.id);
  const notes = new Map((await loadNotes(tx, site, own)).map((parts) => [parts.post.id, parts]));
  const byId = new Map(posts.map((post) => [post.id, post]));
  const authors = await accountsById(
    tx,
    authority,
    posts.map((post) => post.account),
  );
  const orderedItems = acts.flatMap((act): ActivityJson[] => {
    const post = byId.get(act.post);
    const author = post && authors.get(post.account);
    const parts = notes.get(act.post);
    if (act.boosted && post && author)
      return [announceOf(site, { id: act.position, account, post, author, at: act.boosted.at })];
    return !act.boosted && parts ? [createOf(site, parts)] : [];
  });
  const last = acts.at(-1);
  return {
    id: `${outbox}?page=true${before ? `&before=${before}` : ""}`,
    type: "OrderedCollectionPage",
    partOf: outbox,
    ...(last && acts.length === pageLength ? { next: `${outbox}?page=true&before=${last.position}` } : {}),
    orderedItems,
  };
}
