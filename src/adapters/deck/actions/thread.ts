import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { accountsById } from "#domain/accounts/account.ts";
import { findPost, readThread } from "#domain/posts/read-posts.ts";
import { html } from "#platform/html.ts";
import { button, notice, pageHead } from "#ui/controls.ts";
import { postPath } from "#ui/present-post.ts";
import { uiWords } from "#ui/words.ts";
import { showPosts } from "../columns/show-one-post.ts";
import { missing } from "../compose/show-composer.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { accountIds, deckPath, seatOf } from "../seat.ts";
import { deckWords } from "../words.ts";

const longestThread = 300;

/** GET /deck/posts/:id: the whole conversation as staff see it, with what they can do about each post. */
export function showThread(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const authority = seat.site.authority.id;
    const viewer = { kind: "staff", accounts: accountIds(seat) } as const;
    const found = await services.db.read(authority, async (tx) => {
      const post = await findPost(tx, authority, c.req.param("id") ?? "", viewer);
      if (!post) return undefined;
      const posts = await readThread(tx, authority, post.thread, viewer, longestThread);
      const author = (await accountsById(tx, authority, [post.account])).get(post.account);
      const [first] = posts;
      const cutOff = first !== undefined && first.inReplyTo === null && first.inReplyToUri !== null;
      return { post, author, cutOff, shown: await showPosts(tx, seat, posts, services.clock()) };
    });
    if (!found?.author) return missing(services, c, seat);
    const words = deckWords[seat.language];
    const isPublic = found.post.visibility === "public" || found.post.visibility === "unlisted";
    const original = found.post.url ?? found.post.uri;
    const page = await deckPage(services, seat, {
      title: words.thread.title,
      current: "none",
      content: html`${pageHead({
        title: words.thread.title,
        actions: html`${button({ label: words.back, look: "plain", icon: "columns", href: deckPath(seat, "/deck") })}${
          isPublic
            ? button({
                label: words.thread.public,
                look: "text",
                icon: "globe",
                href: postPath(seat.site, seat.language, found.post, found.author),
              })
            : null
        }${original ? button({ label: words.thread.original, look: "text", icon: "out", href: original }) : null}`,
      })}${
        found.cutOff ? notice({ tone: "info", body: uiWords[seat.language].missing.parent }, seat) : null
      }${found.shown}`,
    });
    return c.html(page.text);
  };
}
