import { Hono, type Context } from "hono";
import { postUri, type Env, type Services, type Site } from "#context.ts";
import type { Post, PostId } from "#domain/posts/post.ts";
import { findAnyPost, findPost } from "#domain/posts/read-posts.ts";
import { publicReplies } from "#domain/posts/ties.ts";
import { anyone } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";
import { create } from "./documents/activities.ts";
import { standalone, type ActivityJson } from "./documents/context.ts";
import { noteDocument, tombstoneDocument } from "./documents/note.ts";
import { uriOfPost } from "./documents/own-uris.ts";
import { requesterOf } from "./inbox/requester.ts";
import { loadNotes } from "./load-notes.ts";
import { respondError, respondJson, wantsActivity } from "./respond.ts";

const pageLength = 50;

/** Our posts as objects, to those who may see them: anyone, or the account that signed the request. */
export function postRoutes(services: Services): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/ap/posts/:id", (c) =>
    respondPost(services, c, async (tx, site, post) => noteOf(tx, site, post)),
  );

  routes.get("/ap/posts/:id/activity", (c) =>
    respondPost(services, c, async (tx, site, post) => {
      const [parts] = await loadNotes(tx, site, [post]);
      return parts && create(site, parts);
    }),
  );

  routes.get("/ap/posts/:id/replies", (c) =>
    respondPost(services, c, (tx, site, post) =>
      replies(tx, site, post, c.req.query("page") !== undefined, parseId<"post">(c.req.query("after"))),
    ),
  );

  // The pages of a post; someone else's has its object elsewhere.
  for (const path of ["/:handle{@[A-Za-z0-9_]+}/:id{[0-9]+}", "/posts/:id{[0-9]+}"])
    routes.get(path, async (c, next) => {
      if (wantsActivity(c)) {
        const elsewhere = await isOpenElsewhere(services, c);
        if (!elsewhere) return respondPost(services, c, (tx, site, post) => noteOf(tx, site, post));
      }
      await next();
      c.res.headers.append("vary", "Accept");
    });
  return routes;
}

type Read = (tx: Transaction, site: Site, post: Post) => Promise<ActivityJson | undefined>;

async function respondPost(services: Services, c: Context<Env>, read: Read): Promise<Response> {
  const site = c.get("site");
  const authority = site.authority.id;
  const id = parseId<"post">(c.req.param("id"));
  if (!id) return respondError(c, 404, "no such post here");
  const open = await services.db.read(authority, async (tx) => {
    const post = await findPost(tx, authority, id, anyone);
    if (post?.uri === null) return documentOf(tx, post);
    const any = post ? undefined : await findAnyPost(tx, authority, id);
    if (any?.uri !== null) return respondError(c, 404, "no such post here");
    // That it has been there is said only of what was said in public.
    const wasOpen = any.visibility === "public" || any.visibility === "unlisted";
    return any.deletedAt && wasOpen
      ? respondJson(c, standalone(tombstoneDocument(site, any)), { status: 410 })
      : undefined;
  });
  if (open) return open;
  // It is there, but not for everyone. Who may not see it learns no more than who asks for nothing.
  const viewer = await requesterOf(services, c);
  return services.db.read(authority, async (tx) => {
    const post = viewer.kind === "remote" ? await findPost(tx, authority, id, viewer) : undefined;
    return post?.uri === null ? documentOf(tx, post, "private") : respondError(c, 404, "no such post here");
  });

  async function documentOf(
    tx: Transaction,
    post: Post,
    reach: "public" | "private" = "public",
  ): Promise<Response> {
    // What anyone may see is the same for whoever signs; what only some may is never kept.
    if (reach === "public") c.set("ready", {});
    const document = await read(tx, site, post);
    return document ? respondJson(c, document, { reach }) : respondError(c, 404, "no such post here");
  }
}

async function noteOf(tx: Transaction, site: Site, post: Post): Promise<ActivityJson | undefined> {
  const [parts] = await loadNotes(tx, site, [post]);
  return parts && standalone(noteDocument(site, parts));
}

/** Public answers from everywhere, so that other servers can show the whole conversation, too. */
async function replies(
  tx: Transaction,
  site: Site,
  post: Post,
  paged: boolean,
  after: PostId | undefined,
): Promise<ActivityJson> {
  const id = `${postUri(site, post.id)}/replies`;
  const found = await publicReplies(tx, site.authority.id, post.id, { after, limit: pageLength });
  const last = found.at(-1);
  const page = {
    id: `${id}?page=true${after ? `&after=${after}` : ""}`,
    type: "CollectionPage",
    partOf: id,
    ...(last && found.length === pageLength ? { next: `${id}?page=true&after=${last.id}` } : {}),
    items: found.map((reply) => uriOfPost(site, reply)),
  };
  return standalone(paged || after ? page : { id, type: "Collection", first: page });
}

/** Someone else's that anyone may see. Everything else is answered alike, so that nobody learns what is there. */
async function isOpenElsewhere(services: Pick<Services, "db">, c: Context<Env>): Promise<boolean> {
  const { authority } = c.get("site");
  const id = parseId<"post">(c.req.param("id"));
  const post = id && (await services.db.read(authority.id, (tx) => findPost(tx, authority.id, id, anyone)));
  return post ? post.uri !== null : false;
}
