import type { Context, Handler } from "hono";
import type { Env, Services } from "#context.ts";
import { accountsById, type Account } from "#domain/accounts/account.ts";
import type { Post } from "#domain/posts/post.ts";
import { findAnyPost } from "#domain/posts/read-posts.ts";
import type { KnownThreads } from "#domain/posts/read-thread.ts";
import type { Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";
import { errorPage } from "#ui/error-page.ts";
import { handleOf } from "./account.ts";
import { knownOf } from "./known.ts";
import { afterOf, pageRequest, type PageRequest } from "./page-request.ts";
import { readAround, readConversation, type Conversation } from "./read-conversation.ts";
import { threadPage } from "./thread-page.ts";
import { webWords } from "./words.ts";

/** A post of ours with its whole conversation. */
export function postPage(services: Services): Handler<Env> {
  const known = knownOf(services);
  return async (c) => {
    const request = pageRequest(services, c);
    const found = await services.db.read(
      request.site.authority.id,
      (tx) => findConversation(tx, known, request, c),
      { plans: "kept" },
    );
    if ("state" in found) return notShown(services, c, request, found);
    const post = found.lead;
    const author = found.faces.accounts.get(post.account);
    if (!author) return notShown(services, c, request, { state: "unknown" });
    return movedTo(c, request, { post, author }, "") ?? threadPage(services, c, request, found);
  };
}

type NotShown = Exclude<OwnPost, { state: "shown" }>;

async function findConversation(
  tx: Transaction,
  known: KnownThreads,
  request: PageRequest,
  c: Context<Env>,
): Promise<Conversation | NotShown> {
  const id = parseId<"post">(c.req.param("id"));
  if (!id) return { state: "unknown" };
  const after = afterOf(c);
  const around = await readAround(tx, known, request, id, after);
  const post = around.posts.find((one) => one.id === id);
  const lead = publicOurs(post ?? (await findAnyPost(tx, request.site.authority.id, id)));
  if (lead && !lead.deletedAt) return readConversation(tx, known, request, lead, after, around);
  const own = await withAuthor(tx, request, lead);
  return own.state === "shown" ? { state: "unknown" } : own;
}

export type OwnPost =
  | { state: "shown"; post: Post; author: Account }
  | { state: "gone"; author: Account }
  | { state: "unknown" };

/** Our post by its address, if the public may see it; that it has been there is said only of what was public. */
export async function findOwnPost(tx: Transaction, request: PageRequest, c: Context<Env>): Promise<OwnPost> {
  return withAuthor(tx, request, await findPublicPost(tx, request, c));
}

/** Shown, or taken away by us after it was. */
async function findPublicPost(
  tx: Transaction,
  { site }: PageRequest,
  c: Context<Env>,
): Promise<Post | undefined> {
  const id = parseId<"post">(c.req.param("id"));
  return publicOurs(id && (await findAnyPost(tx, site.authority.id, id)));
}

function publicOurs(post: Post | undefined): Post | undefined {
  if (!post || post.uri !== null || post.hiddenAt) return undefined;
  return post.visibility === "public" || post.visibility === "unlisted" ? post : undefined;
}

async function withAuthor(tx: Transaction, { site }: PageRequest, post: Post | undefined): Promise<OwnPost> {
  const author = post && (await accountsById(tx, site.authority.id, [post.account])).get(post.account);
  if (!author) return { state: "unknown" };
  return post.deletedAt ? { state: "gone", author } : { state: "shown", post, author };
}

export function notShown(
  services: Services,
  c: Context<Env>,
  request: PageRequest,
  found: NotShown,
): Promise<Response> {
  if (found.state === "unknown") return errorPage(services, c, 404);
  const lead = webWords[request.language].thread.goneLead(found.author.name || found.author.handle);
  return errorPage(services, c, 410, { lead });
}

/** An id says all; a handle that is wrong or in other letters leads to the right one. */
export function movedTo(
  c: Context<Env>,
  request: PageRequest,
  { post, author }: { post: Post; author: Pick<Account, "handle"> },
  rest: string,
): Response | undefined {
  if (handleOf(c) === author.handle) return undefined;
  return c.redirect(request.to(`/@${author.handle}/${post.id}${rest}`), 301);
}
