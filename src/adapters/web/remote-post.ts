import type { Handler } from "hono";
import type { Env, Services } from "#context.ts";
import { accountsById, type AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { ourVoiceIn, portionOf } from "#domain/posts/conversation.ts";
import type { Post } from "#domain/posts/post.ts";
import { findPost } from "#domain/posts/read-posts.ts";
import { anyone } from "#domain/posts/visible-to.ts";
import type { Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";
import { errorPage } from "#ui/error-page.ts";
import { knownOf } from "./known.ts";
import { afterOf, pageRequest } from "./page-request.ts";
import { mostPosts, readConversation } from "./read-conversation.ts";
import { threadPage } from "./thread-page.ts";

/** A post from elsewhere: in the conversation of ours that it belongs to, or nowhere. */
export function remotePostPage(services: Services): Handler<Env> {
  const known = knownOf(services);
  return async (c) => {
    const request = pageRequest(services, c);
    const { authority } = request.site;
    const found = await services.db.read(authority.id, async (tx) => {
      const found = await findInOurs(tx, authority.id, c.req.param("id"));
      if (!found) return undefined;
      const place = await ownPlace(tx, authority.id, found.post);
      return place ?? readConversation(tx, known, request, found.post, afterOf(c));
    });
    if (!found) return errorPage(services, c, 404);
    if ("lead" in found) return threadPage(services, c, request, found);
    return c.redirect(request.to(found.path), found.status);
  };
}

/** A post that anyone may see in a conversation that one of our voices takes part in. */
export async function findInOurs(
  tx: Transaction,
  authority: AuthorityId,
  id: string | undefined,
): Promise<{ post: Post; voice: AccountId } | undefined> {
  const known = parseId<"post">(id);
  const post = known && (await findPost(tx, authority, known, anyone));
  const voice = post && (await ourVoiceIn(tx, authority, post.thread));
  return voice && { post, voice };
}

/** Where a post stands under a post of ours: on its own page if it is ours, else in its place in the conversation. */
async function ownPlace(
  tx: Transaction,
  authority: AuthorityId,
  post: Post,
): Promise<{ path: string; status: 301 | 302 } | undefined> {
  const about = post.uri === null ? post : await findPost(tx, authority, post.thread, anyone);
  if (!about || about.uri !== null) return undefined;
  const author = (await accountsById(tx, authority, [about.account])).get(about.account);
  const path = `/@${author?.handle ?? ""}/${about.id}`;
  if (about === post) return { path, status: 301 };
  const from = await portionOf(tx, authority, post, mostPosts);
  return { path: `${path}${from ? `?after=${from}` : ""}#post-${post.id}`, status: 302 };
}
