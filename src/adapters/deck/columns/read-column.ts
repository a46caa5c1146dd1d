import type { Account } from "#domain/accounts/account.ts";
import { postsOfAccount, type Page } from "#domain/posts/read-posts.ts";
import { homeTimeline, inboxTimeline, type TimelineItem } from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import { accountIds, type Seat } from "../seat.ts";

export const columnKinds = ["inbox", "home", "account"] as const;
export type ColumnKind = (typeof columnKinds)[number];

/** How many posts a column has at first, and how many more each time. */
export const columnPage = 20;

/** One page of a column, newest first, and whether there are older ones. */
export async function readColumn(
  tx: Transaction,
  seat: Seat,
  kind: ColumnKind,
  page: Pick<Page, "before" | "after">,
): Promise<{ items: TimelineItem[]; more: boolean }> {
  const items = await read(tx, seat, kind, { ...page, limit: columnPage + 1 });
  return { items: items.slice(0, columnPage), more: items.length > columnPage };
}

async function read(tx: Transaction, seat: Seat, kind: ColumnKind, page: Page): Promise<TimelineItem[]> {
  const authority = seat.site.authority.id;
  const accounts = accountIds(seat);
  if (accounts.length === 0) return [];
  switch (kind) {
    case "inbox":
      return inboxTimeline(tx, authority, accounts, page);
    case "home":
      return homeTimeline(tx, authority, accounts, page);
    case "account":
      return seat.acting ? said(tx, seat, seat.acting, page) : [];
  }
}

async function said(tx: Transaction, seat: Seat, account: Account, page: Page): Promise<TimelineItem[]> {
  const viewer = { kind: "staff", accounts: accountIds(seat) } as const;
  const posts = await postsOfAccount(tx, seat.site.authority.id, account.id, viewer, page);
  return posts.map((post) => ({ ...post, position: post.id, boostedBy: null }));
}
