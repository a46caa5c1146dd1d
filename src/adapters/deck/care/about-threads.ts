import { accountsById, type Account } from "#domain/accounts/account.ts";
import type { Care } from "#domain/care/care.ts";
import type { Post } from "#domain/posts/post.ts";
import { postsById } from "#domain/posts/read-posts.ts";
import type { Transaction } from "#platform/database.ts";
import { summaryOf } from "#ui/present-post.ts";
import { viewerOf, type Seat } from "../seat.ts";

/** By what one knows a thread again: who asked, and the first words. */
export type About = { post: Post; author: Account | undefined; excerpt: string };

const excerptLength = 160;

/** What some threads are about, by thread; those whose question one may not see, or is gone, are left out. */
export async function aboutThreads(
  tx: Transaction,
  seat: Pick<Seat, "site" | "accounts">,
  cares: readonly Care[],
): Promise<Map<string, About>> {
  const authority = seat.site.authority.id;
  const asked = cares.map((care) => care.askedPost ?? care.thread);
  const posts = await postsById(tx, authority, asked, viewerOf(seat));
  const authors = await accountsById(
    tx,
    authority,
    posts.map((post) => post.account),
  );
  return new Map(
    posts.map((post) => [
      post.thread as string,
      { post, author: authors.get(post.account), excerpt: post.warning ?? summaryOf(post, excerptLength) },
    ]),
  );
}
