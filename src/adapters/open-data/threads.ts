import type { Handler } from "hono";
import { type Env, postUrl, type Services, type Site } from "#context.ts";
import { accountsById } from "#domain/accounts/account.ts";
import { countNotPublic } from "#domain/moderation/count-not-public.ts";
import { ourVoiceIn } from "#domain/posts/conversation.ts";
import { listOpenThreads, ourPostIn, type OpenThread } from "#domain/posts/open-threads.ts";
import { findPost, readThread } from "#domain/posts/read-posts.ts";
import { anyone } from "#domain/posts/visible-to.ts";
import { loadFaces } from "#domain/timelines/load-faces.ts";
import type { Transaction } from "#platform/database.ts";
import { isoInstant } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import { openUrl } from "./address.ts";
import { answer } from "./answer.ts";
import type { Columns } from "./csv.ts";
import { cutList } from "./cut-list.ts";
import { unknown } from "./frame.ts";
import { readQuery } from "./parameters.ts";
import { postColumns, presentPost } from "./present-post.ts";

export const threadListParameters = ["after", "limit", "account", "format"] as const;
export const conversationParameters = ["after", "limit", "format"] as const;

/** Conversations that our accounts take part in. */
export function threadList(services: Services): Handler<Env> {
  return async (c) => {
    const asked = readQuery(c, threadListParameters);
    if (asked instanceof Response) return asked;
    const site = c.get("site");
    const { values } = asked;
    const { items, next } = await services.db.read(site.authority.id, async (tx) => {
      const cut = await cutList(c, asked, "/threads", (page) =>
        listOpenThreads(tx, site.authority.id, values, { after: values.after, ...page }),
      );
      const accounts = await accountsById(
        tx,
        site.authority.id,
        cut.items.map((thread) => thread.ownAccount),
      );
      return {
        ...cut,
        items: cut.items.map((thread) =>
          presentThread(site, thread, accounts.get(thread.ownAccount)?.handle),
        ),
      };
    });
    const table = { name: "threads", columns: threadColumns, rows: items };
    return answer(c, values.format, {
      json: { items, next: next ?? null },
      schema: "thread-list",
      table,
      next,
    });
  };
}

/** A conversation as its page shows it, with what is missing said. */
export function oneThread(services: Services): Handler<Env> {
  return async (c) => {
    const asked = readQuery(c, conversationParameters);
    if (asked instanceof Response) return asked;
    const site = c.get("site");
    const { id: authority } = site.authority;
    const { values } = asked;
    const thread = parseId<"post">(c.req.param("id"));
    const found =
      thread &&
      (await services.db.read(authority, async (tx) => {
        const own = await ourPostIn(tx, authority, thread);
        if (!own) return joinedTo(tx, authority, thread);
        const { items: posts, next } = await cutList(c, asked, `/threads/${thread}`, ({ limit }) =>
          readThread(tx, authority, thread, anyone, limit, values.after),
        );
        const shown = posts.filter((post) => !post.deletedAt && !post.hiddenAt);
        const missing = posts.filter((post) => !shown.includes(post));
        const ids = new Set<string>(missing.map((post) => post.id));
        const faces = await loadFaces(tx, authority, shown, c.get("language"));
        return {
          own,
          next,
          items: shown.map((post) => presentPost(site, post, faces, ids)),
          missingPosts: missing.map(({ id, deletedAt }) => ({ id, state: deletedAt ? "removed" : "hidden" })),
          notPublicCount: await countNotPublic(tx, authority, thread),
        };
      }));
    if (!found) return unknown(c);
    if (typeof found === "string") return c.redirect(openUrl(site, `/threads/${found}`, asked.given), 301);
    const { items, own, next, missingPosts, notPublicCount } = found;
    const json = {
      id: thread,
      url: postUrl(site, own.handle, own.id),
      items,
      next: next ?? null,
      missingPosts,
      notPublicCount,
    };
    const table = { name: `thread-${thread}`, columns: postColumns, rows: items };
    return answer(c, values.format, { json, schema: "conversation", table, next });
  };
}

/** The conversation that a public post is in: what was a first post answers another, once that is found. */
async function joinedTo(
  tx: Transaction,
  authority: Site["authority"]["id"],
  id: string,
): Promise<string | undefined> {
  const post = await findPost(tx, authority, id, anyone);
  return post && (await ourVoiceIn(tx, authority, post.thread)) ? post.thread : undefined;
}

type ShownThread = ReturnType<typeof presentThread>;

function presentThread(site: Site, thread: OpenThread, handle: string | undefined) {
  return {
    id: thread.id,
    url: `${site.origin}/@${handle}/${thread.ownPost}`,
    postCount: thread.posts,
    ownPostCount: thread.ownPosts,
    accounts: thread.accounts,
    networks: thread.networks,
    firstAt: isoInstant(thread.firstAt),
    lastAt: isoInstant(thread.lastAt),
  };
}

const threadColumns: Columns<ShownThread> = [
  ["id", (thread) => thread.id],
  ["url", (thread) => thread.url],
  ["postCount", (thread) => thread.postCount],
  ["ownPostCount", (thread) => thread.ownPostCount],
  ["accounts", (thread) => thread.accounts],
  ["networks", (thread) => thread.networks],
  ["firstAt", (thread) => thread.firstAt],
  ["lastAt", (thread) => thread.lastAt],
];
