import type { Context, Handler } from "hono";
import type { Env, Services, Site } from "#context.ts";
import { findOwnAccount, type Account } from "#domain/accounts/account.ts";
import type { Post } from "#domain/posts/post.ts";
import { postsOfAccount, postsOfAuthority, postsWithTag } from "#domain/posts/read-posts.ts";
import { anyone } from "#domain/posts/visible-to.ts";
import { excerpt } from "#domain/text/blocks.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import { loadFaces, type Faces } from "#domain/timelines/load-faces.ts";
import type { Transaction } from "#platform/database.ts";
import type { Language } from "#platform/i18n.ts";
import { errorPage } from "#ui/error-page.ts";
import { pictureOf } from "#ui/present-post.ts";
import { handleOf } from "./account.ts";
import { atom, jsonFeed, rss } from "./feed-formats.ts";
import { feedItem, type FeedView } from "./feed-items.ts";
import { webWords } from "./words.ts";

const formats = {
  "feed.rss": { write: rss, type: "application/rss+xml; charset=utf-8" },
  "feed.atom": { write: atom, type: "application/atom+xml; charset=utf-8" },
  "feed.json": { write: jsonFeed, type: "application/feed+json; charset=utf-8" },
};
const itemsInFeed = 30;

type Source = { title: string; description: string; place: string; posts: Post[]; account?: Account };
type Read = (tx: Transaction, site: Site, language: Language) => Promise<Source | undefined>;

export function authorityFeed(services: Services): Handler<Env> {
  return (c) =>
    answer(services, c, async (tx, { authority }, language) => ({
      title: webWords[language].feed.authority(authority.name),
      description: webWords[language].home.description(authority.name),
      place: "",
      posts: await postsOfAuthority(tx, authority.id, { limit: itemsInFeed }),
    }));
}

export function accountFeed(services: Services): Handler<Env> {
  return (c) =>
    answer(services, c, async (tx, { authority }, language) => {
      const account = await findOwnAccount(tx, authority.id, handleOf(c));
      if (!account) return undefined;
      const page = { limit: itemsInFeed, replies: false };
      const posts = await postsOfAccount(tx, authority.id, account.id, anyone, page);
      const title = webWords[language].feed.account(account.name || account.handle, authority.name);
      return {
        title,
        description: excerpt(account.biography, 300) || (account.role ?? title),
        place: `/@${account.handle}`,
        // Unlisted means: on its own page, but sent to nobody who has not asked for it.
        posts: posts.filter((post) => post.visibility === "public"),
        account,
      };
    });
}

export function tagFeed(services: Services): Handler<Env> {
  return (c) =>
    answer(services, c, async (tx, { authority }, language) => {
      const tag = normalTag(c.req.param("tag") ?? "");
      return {
        title: webWords[language].feed.tag(tag, authority.name),
        description: webWords[language].tag.lead,
        place: `/tags/${encodeURIComponent(tag)}`,
        posts: await postsWithTag(tx, authority.id, tag, { limit: itemsInFeed, ownOnly: true }),
      };
    });
}

async function answer(services: Services, c: Context<Env>, read: Read): Promise<Response> {
  const site = c.get("site");
  const language = c.get("language");
  const file = c.req.path.split("/").at(-1) ?? "";
  const format = Object.hasOwn(formats, file) ? formats[file as keyof typeof formats] : undefined;
  if (!format) return errorPage(services, c, 404);
  const found = await services.db.read(site.authority.id, async (tx) => {
    const source = await read(tx, site, language);
    if (!source) return undefined;
    const accounts = source.account ? [source.account] : [];
    return { source, faces: await loadFaces(tx, site.authority.id, source.posts, language, accounts) };
  });
  if (!found) return errorPage(services, c, 404);
  const feed = feedOf(site, language, found.source, found.faces, file);
  return c.body(format.write(feed), 200, { "content-type": format.type });
}

function feedOf(site: Site, language: Language, source: Source, faces: Faces, file: string): FeedView {
  const items = source.posts.flatMap((post) => {
    const author = faces.accounts.get(post.account);
    return author ? [feedItem(site, post, author, faces)] : [];
  });
  const avatar = source.account?.avatar
    ? pictureOf(faces.media.get(source.account.avatar), "small")
    : undefined;
  const newest = items
    .map((item) => item.updated)
    .toSorted((a, b) => Temporal.Instant.compare(a, b))
    .at(-1);
  return {
    title: source.title,
    description: source.description,
    language,
    home: `${site.origin}${source.place || "/"}`,
    self: `${site.origin}${source.place}/${file}`,
    ...(avatar ? { icon: site.origin + avatar.src } : {}),
    // An empty feed has not been updated; it says a time that stays the same.
    updated: newest ?? Temporal.Instant.fromEpochMilliseconds(0),
    items,
  };
}
