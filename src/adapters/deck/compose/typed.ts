import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { isOwn, type Account } from "#domain/accounts/account.ts";
import { findAnyPost } from "#domain/posts/read-posts.ts";
import { speaksFor } from "../guard.ts";
import { seatOf, type Seat } from "../seat.ts";
import { readComposition, readTarget, type Composition } from "./composition.ts";

export type Typed = { seat: Seat; account: Account; composition: Composition; form: FormData };

/** What stands in a composer that was sent in for help with it. Undefined for an account that is not granted. */
export async function readTyped(services: Services, c: Context<Env>): Promise<Typed | undefined> {
  const form = await c.req.formData();
  const typed = readComposition(form, readTarget(form));
  const seat = seatOf(c);
  const account = speaksFor(c, typed.account);
  if (!seat || !account) return undefined;
  return { seat, account, composition: await asPublished(services, seat, typed), form };
}

/** A new version keeps kind and way of writing of the post that it replaces, whatever the form says. */
export async function asPublished(services: Services, seat: Seat, typed: Composition): Promise<Composition> {
  const { to } = typed;
  if (to.mode !== "edit") return typed;
  const post = await services.db.read(seat.site.authority.id, (tx) =>
    findAnyPost(tx, seat.site.authority.id, to.post),
  );
  if (!post || !isOwn(post)) return typed;
  return { ...typed, article: post.kind === "article", sourceType: post.sourceType };
}
