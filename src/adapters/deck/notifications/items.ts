import { accountsById, type Account } from "#domain/accounts/account.ts";
import { notificationsOf, type Notification } from "#domain/notifications/notification.ts";
import { findReader } from "#domain/notifications/reader.ts";
import { namesOfPeople } from "#domain/people/person.ts";
import type { Post } from "#domain/posts/post.ts";
import { postsById } from "#domain/posts/read-posts.ts";
import { excerpt } from "#domain/text/blocks.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { button, emptyState, time } from "#ui/controls.ts";
import { icon, type IconName } from "#ui/icon.ts";
import type { Reader } from "#ui/words.ts";
import { accountIds, deckPath, readerOf, viewerOf, type Seat } from "../seat.ts";
import { groupNotifications, type Group } from "./group.ts";
import { notificationWords } from "./words.ts";

const pageSize = 30;
const longestExcerpt = 140;

/** What telling a page of notifications takes besides them. */
type Known = {
  accounts: ReadonlyMap<string, Account>;
  people: ReadonlyMap<string, string>;
  posts: ReadonlyMap<string, Post>;
  readTo: string;
};

/**
 * What a person is told, a page at a time, with the way to older ones: what the column of a deck and the page show.
 * `olderHref` leads there without script; a page that is still, unlike a column, is not told of what comes meanwhile.
 */
export async function notificationItemsHtml(
  tx: Transaction,
  seat: Seat,
  page: { before?: string | undefined; after?: string | undefined; isStill?: boolean },
  now: Temporal.Instant,
  olderHref: (before: string) => string,
): Promise<Html> {
  const words = notificationWords[seat.language];
  const authority = seat.site.authority.id;
  const reading = { person: seat.person, accounts: accountIds(seat) };
  const found = await notificationsOf(tx, authority, reading, { ...page, limit: pageSize + 1 });
  const shown = found.slice(0, pageSize);
  const [newest] = shown;
  const last = shown.at(-1);
  if (!newest || !last)
    return page.before
      ? html`<p class="column-more quiet small">${words.noOlder}</p>`
      : emptyState({ title: words.empty, body: words.emptyBody, icon: "bell" });
  const known = await readKnown(tx, seat, shown);
  const reader = readerOf(seat, now);
  return html`${page.before || page.after ? null : markAllRead(seat, words.markRead, page.isStill ? newest : undefined)}${groupNotifications(shown).map((group) => item(seat, group, known, reader))}${
    found.length > pageSize
      ? html`<p class="column-more">
          <a class="button plain" href="${olderHref(last.id)}" data-action="deck#older" data-before="${last.id}"
            >${words.older}</a
          >
        </p>`
      : html`<p class="column-more quiet small">${words.noOlder}</p>`
  }`;
}

/** A notification in one sentence without markup, and where it leads: for the one that has just come. */
export async function tellInWords(
  tx: Transaction,
  seat: Seat,
  notification: Notification,
): Promise<{ text: string; href: string }> {
  const known = await readKnown(tx, seat, [notification]);
  const group = { newest: notification, all: [notification] };
  return { text: sentence(seat, group, known), href: hrefOf(seat, notification) };
}

async function readKnown(tx: Transaction, seat: Seat, shown: readonly Notification[]): Promise<Known> {
  const authority = seat.site.authority.id;
  const posts = shown.flatMap((one) => one.post ?? []);
  const accounts = shown.flatMap((one) => [one.fromAccount, one.account].filter((id) => id !== null));
  const people = shown.flatMap((one) => one.fromPerson ?? []);
  const { readTo } = await findReader(tx, authority, seat.person);
  return {
    accounts: await accountsById(tx, authority, accounts),
    people: await namesOfPeople(tx, authority, people),
    posts: new Map((await postsById(tx, authority, posts, viewerOf(seat))).map((post) => [post.id, post])),
    readTo,
  };
}

function item(seat: Seat, group: Group, known: Known, reader: Reader): Html {
  const words = notificationWords[seat.language];
  const { newest } = group;
  const isUnread = BigInt(newest.id) > BigInt(known.readTo);
  const post = newest.post ? known.posts.get(newest.post) : undefined;
  return html`<div class="item" id="item-told-${newest.id}" data-position="${newest.id}">
    <article class="post told${isUnread ? " unread" : ""}" tabindex="-1">
      <span class="told-icon">${icon(icons[newest.kind])}</span>
      <p class="told-what">
        ${isUnread ? html`<span class="told-new"><span class="visually-hidden">${words.unread}: </span></span>` : null}${sentence(seat, group, known)}
        <a class="when" href="${hrefOf(seat, newest)}">${time(newest.at, reader)}</a>
      </p>
      ${newest.post ? html`<p class="told-about">${post ? excerpt(post.blocks, longestExcerpt) : words.gone}</p>` : null}
    </article>
  </div>`;
}

/** Seen only where something is unread; what comes after `newest`, where that is given, stays so. */
function markAllRead(seat: Seat, label: string, newest: Notification | undefined): Html {
  return html`<form class="press told-read" method="post" action="${deckPath(seat, "/deck/notifications/read")}">
    ${newest && html`<input type="hidden" name="upTo" value="${newest.id}" />`}${button({ label, look: "text", icon: "check" })}
  </form>`;
}

function sentence(seat: Pick<Seat, "language">, { newest, all }: Group, known: Known): string {
  const words = notificationWords[seat.language];
  const who = namesOf(seat, all, known);
  if (newest.account === null) return words.own[newest.kind as keyof typeof words.own](who);
  const account = known.accounts.get(newest.account)?.name ?? "";
  return words.accounts[newest.kind as keyof typeof words.accounts](who, account);
}

/** One name, or the latest and how many more. */
function namesOf(seat: Pick<Seat, "language">, all: readonly Notification[], known: Known): string {
  const words = notificationWords[seat.language];
  const names = new Map<string, string>();
  for (const { fromAccount, fromPerson } of all) {
    const id = fromAccount ?? fromPerson ?? "";
    names.set(id, known.accounts.get(id)?.name || known.people.get(id) || words.someone);
  }
  const [first = words.someone] = names.values();
  return names.size > 1 ? words.others(first, names.size - 1) : first;
}

function hrefOf(seat: Seat, one: Notification): string {
  if (one.draft) return deckPath(seat, `/deck/drafts/${one.draft}`);
  if (one.post ?? one.thread) return deckPath(seat, `/deck/posts/${one.post ?? one.thread}`);
  if (one.kind === "follow" || one.kind === "follow_request")
    return deckPath(seat, `/deck/settings/accounts/${one.account}/followers`);
  return deckPath(seat, "/deck/notifications");
}

const icons: Record<Notification["kind"], IconName> = {
  mention: "reply",
  reblog: "boost",
  favourite: "favourite",
  follow: "follow",
  follow_request: "lock",
  status: "bell",
  update: "write",
  assigned: "inbox",
  "note-mention": "write",
  overdue: "clock",
  "approval-asked": "info",
  "approval-given": "check",
  "approval-refused": "close",
  late: "warn",
  failed: "error",
};
