import { accountsById } from "#domain/accounts/account.ts";
import type { Draft } from "#domain/drafts/draft.ts";
import { listDrafts } from "#domain/drafts/list-drafts.ts";
import { namesOfPeople } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { button, emptyState } from "#ui/controls.ts";
import { accountIds, deckPath, type Seat } from "../seat.ts";
import type { CardContext } from "./card-context.ts";
import { draftCard } from "./card.ts";
import { draftWords } from "./words.ts";

/** What a person writes and has waiting, in groups: what needs them first. For the drafts column and the page. */
export async function draftItemsHtml(
  tx: Transaction,
  seat: Seat,
  now: Temporal.Instant,
  options: { level?: 2 | 3 } = {},
): Promise<Html> {
  const reader = { person: seat.person, accounts: accountIds(seat) };
  const drafts = await listDrafts(tx, seat.site.authority.id, reader);
  if (drafts.length === 0) return nothing(seat);
  const context = await cardContext(tx, seat, now, drafts);
  const words = draftWords[seat.language].groups;
  const { level = 3 } = options;
  const groups = groupKinds.flatMap((kind) => {
    const own = drafts.filter((draft) => groupOf(draft, seat) === kind).toSorted(orderIn(kind));
    if (own.length === 0) return [];
    const title = words[kind];
    return html`<section class="draft-group ${kind}" aria-label="${title}">
      ${level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`}
      ${own.map((draft) => draftCard(context, draft, level === 2 ? 3 : 4))}
    </section>`;
  });
  return html`${groups}`;
}

/** Names of those who write, read and speak in some drafts. */
export async function cardContext(
  tx: Transaction,
  seat: Seat,
  now: Temporal.Instant,
  drafts: readonly Draft[],
): Promise<CardContext> {
  const authority = seat.site.authority.id;
  const people = drafts.flatMap((draft) =>
    [draft.person, draft.approvedBy, draft.refusedBy].filter((id) => id !== null),
  );
  const accounts = drafts.flatMap((draft) => parseId<"account">(draft.content.account) ?? []);
  const faces = await accountsById(tx, authority, accounts);
  return {
    seat,
    now,
    people: await namesOfPeople(tx, authority, people),
    accounts: new Map([...faces].map(([id, account]) => [id, account.name || account.handle])),
  };
}

type Group = "trouble" | "approve" | "sending" | "awaiting" | "scheduled" | "draft";
const groupKinds: readonly Group[] = ["trouble", "approve", "sending", "awaiting", "scheduled", "draft"];

function groupOf(draft: Draft, seat: Seat): Group | undefined {
  switch (draft.state) {
    case "late":
    case "failed":
      return "trouble";
    case "awaiting":
      return draft.person === seat.person ? "awaiting" : "approve";
    case "sending":
    case "scheduled":
    case "draft":
      return draft.state;
    case "sent":
    case "thrown":
      return undefined;
  }
}

/** What is planned stands in the order in which it goes out, the rest with the latest first. */
function orderIn(kind: Group): (one: Draft, other: Draft) => number {
  if (kind === "scheduled")
    return (one, other) => (one.dueAt && other.dueAt ? Temporal.Instant.compare(one.dueAt, other.dueAt) : 0);
  return (one, other) => Temporal.Instant.compare(other.updatedAt, one.updatedAt);
}

function nothing(seat: Seat): Html {
  const words = draftWords[seat.language].empty;
  const action = button({
    label: words.write,
    look: "plain",
    icon: "write",
    href: `${deckPath(seat, "/deck")}#composer`,
  });
  return emptyState({
    title: words.title,
    body: words.body,
    icon: "write",
    ...(seat.acting ? { action } : {}),
  });
}
