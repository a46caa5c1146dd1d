import { act, everyone, page, type Row, type World } from "./route-row.ts";

const activity = { headers: { accept: "application/activity+json" } };
const everybody = [200, 200, 200, 200] as const;
/** Ours is not to be found at the other authority's host. */
const oursAlone = [200, 404, 200, 200] as const;
const actor = (w: World) => `/ap/accounts/${w.a.office.id}`;
const handle = (w: World) => `/@${w.a.office.handle}`;
const question = (w: World) => `${handle(w)}/${w.question}`;

/** What the public and other servers ask for: the same for everybody, each at its own host. */
export const publicTable: Row[] = [
  page("/healthz", "/healthz", everybody),
  page("/readyz", "/readyz", everybody),
  page("/metrics", "/metrics", everybody),
  page("/assets/:file", (w) => w.a.torg.torg.services.assets.href("site.css"), everybody),

  page(
    "/.well-known/webfinger",
    (w) => `/.well-known/webfinger?resource=acct:${w.a.office.handle}@${w.a.authority.domain}`,
    oursAlone,
  ),
  page("/.well-known/host-meta", "/.well-known/host-meta", everybody),
  page("/.well-known/nodeinfo", "/.well-known/nodeinfo", everybody),
  page("/nodeinfo/2.1", "/nodeinfo/2.1", everybody),
  page("/ap/accounts/:id", actor, oursAlone, activity),
  page("/ap/accounts/:id/outbox", (w) => `${actor(w)}/outbox?page=true`, oursAlone, activity),
  page("/ap/accounts/:id/followers", (w) => `${actor(w)}/followers`, oursAlone, activity),
  page("/ap/accounts/:id/following", (w) => `${actor(w)}/following`, oursAlone, activity),
  page(
    "/ap/accounts/:id/collections/featured",
    (w) => `${actor(w)}/collections/featured`,
    oursAlone,
    activity,
  ),
  page("/ap/posts/:id", (w) => `/ap/posts/${w.question}`, oursAlone, activity),
  page("/ap/posts/:id/activity", (w) => `/ap/posts/${w.question}/activity`, oursAlone, activity),
  page("/ap/posts/:id/replies", (w) => `/ap/posts/${w.question}/replies?page=true`, oursAlone, activity),
  page("/:handle{@[A-Za-z0-9_]+}", handle, oursAlone, activity),
  page("/:handle{@[A-Za-z0-9_]+}/:id{[0-9]+}", question, oursAlone, activity),
  page("/posts/:id{[0-9]+}", (w) => `/posts/${w.question}`, oursAlone, activity),
  act("/ap/inbox", () => "/ap/inbox", [401, 401, 401, 202], undefined, { activity: reply }),
  act("/ap/accounts/:id/inbox", (w) => `${actor(w)}/inbox`, [401, 404, 401, 202], undefined, {
    activity: reply,
  }),

  page("/", "/", everybody),
  page("/accounts", "/accounts", everybody),
  page("/accounts.json", "/accounts.json", everybody),
  page("/about", "/about", everybody),
  page("/privacy", "/privacy", everybody),
  page("/accessibility", "/accessibility", everybody),
  page("/guidelines", "/guidelines", everybody),
  page("/tags/:tag", "/tags/simhallen", everybody),
  page("/search", "/search?q=simhallen", everybody),
  page("/posts/:id", (w) => `/posts/${w.answer}`, [302, 404, 302, 302]),
  page("/posts/:id/reply", (w) => `/posts/${w.answer}/reply`, oursAlone),
  act(
    "/posts/:id/reply",
    (w) => `/posts/${w.answer}/reply`,
    [303, 404, 303, 303],
    () => ({ server: "social.example.se" }),
    { idle: everyone },
  ),
  page("/report", (w) => `/report?post=${w.answer}`, oursAlone),
  act(
    "/report",
    () => "/report",
    oursAlone,
    (w) => ({ post: w.answer, words: "Läs detta" }),
  ),
  page("/:feed{feed\\.(?:rss|atom|json)}", "/feed.atom", everybody),
  page("/:at{@[^/]+}/:feed{feed\\.(?:rss|atom|json)}", (w) => `${handle(w)}/feed.rss`, oursAlone),
  page("/tags/:tag/:feed{feed\\.(?:rss|atom|json)}", "/tags/simhallen/feed.json", everybody),
  page("/:at{@[^/]+}", handle, oursAlone),
  page("/:at{@[^/]+}/follow", (w) => `${handle(w)}/follow`, oursAlone),
  act(
    "/:at{@[^/]+}/follow",
    (w) => `${handle(w)}/follow`,
    [303, 404, 303, 303],
    () => ({ server: "social.example.se" }),
    { idle: everyone },
  ),
  page("/:at{@[^/]+}/:id{[0-9]+}", question, oursAlone),
  page("/:at{@[^/]+}/:id{[0-9]+}/history", (w) => `${question(w)}/history`, oursAlone),
  page("/:at{@[^/]+}/:id{[0-9]+}/reply", (w) => `${question(w)}/reply`, oursAlone),
  act(
    "/:at{@[^/]+}/:id{[0-9]+}/reply",
    (w) => `${question(w)}/reply`,
    [303, 404, 303, 303],
    () => ({ server: "social.example.se" }),
    { idle: everyone },
  ),
  page("/sitemap.xml", "/sitemap.xml", everybody),
  page("/sitemaps/:part", "/sitemaps/0", everybody),
  page("/robots.txt", "/robots.txt", everybody),
  page("/opensearch.xml", "/opensearch.xml", everybody),
  page("/media/:id/:file", (w) => `/media/${w.picture}/full.webp`, oursAlone),
  page("/favicon.svg", "/favicon.svg", everybody),
  page("/favicon.ico", "/favicon.ico", everybody),
];

function reply(w: World): object {
  const id = `${w.remote.origin}/posts/${w.next()}`;
  const to = ["https://www.w3.org/ns/activitystreams#Public"];
  const inReplyTo = `http://${w.a.authority.domain}/ap/posts/${w.question}`;
  const object = { id, type: "Note", attributedTo: w.actor.uri, to, inReplyTo, content: "<p>Svar</p>" };
  return { id: `${id}/activity`, type: "Create", actor: w.actor.uri, to, object };
}
