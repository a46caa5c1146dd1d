import type { Context } from "hono";
import type { Env } from "#context.ts";
import type { Post } from "#domain/posts/post.ts";
import { findPost } from "#domain/posts/read-posts.ts";
import type { Transaction } from "#platform/database.ts";
import { viewerOf, type Seat } from "./seat.ts";

/** The post that the path names, if the seat may see it. */
export function findAskedPost(tx: Transaction, c: Context<Env>, seat: Seat): Promise<Post | undefined> {
  return findPost(tx, seat.site.authority.id, c.req.param("id") ?? "", viewerOf(seat));
}
