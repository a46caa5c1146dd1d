import type { Context } from "hono";
import type { Env } from "#context.ts";
import { careStatuses } from "#domain/care/care.ts";
import type { CareFilter } from "#domain/care/list-care.ts";
import type { Assignables } from "#domain/care/may-care.ts";
import { html, type Html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { button } from "#ui/controls.ts";
import { select, type Choice } from "#ui/form.ts";
import { deckPath, type Seat } from "../seat.ts";
import { careListWords } from "./list-words.ts";
import { careWords } from "./words.ts";

const statuses = ["waits", "overdue", ...careStatuses, "all"] as const;

/** What a list is to hold, as its address says; all that waits unless told. */
export function readFilter(c: Context<Env>, seat: Seat): CareFilter {
  const assignee = c.req.query("assignee");
  return {
    status: statuses.find((status) => status === c.req.query("status")) ?? "waits",
    assignee: assignee === "me" ? seat.person : assignee === "nobody" ? "nobody" : parseId(assignee),
    account: parseId(c.req.query("of")),
    tag: c.req.query("tag")?.trim() || undefined,
    order: c.req.query("order") === "newest" ? "newest" : "due",
  };
}

/** The same as an address says it. */
export function shownQuery(filter: CareFilter): Record<string, string> {
  const { status, assignee, account, tag, order } = filter;
  return {
    status,
    order,
    ...(assignee ? { assignee } : {}),
    ...(account ? { of: account } : {}),
    ...(tag ? { tag } : {}),
  };
}

export function filterForm(
  seat: Seat,
  filter: CareFilter,
  { assignables, tags }: { assignables: Assignables; tags: readonly string[] },
): Html {
  const words = careWords[seat.language];
  const listWords = careListWords[seat.language];
  const any = { value: "", label: listWords.list.any };
  const people = assignables.people.map((one) => ({
    value: one.id as string,
    label: one.id === seat.person ? listWords.list.me : one.name,
  }));
  const choose = (name: string, id: string, label: string, value: string, choices: readonly Choice[]) =>
    select({ name, id, label, value, choices, required: true }, seat);
  return html`<form class="care-filter" method="get" action="${deckPath({ ...seat, acting: undefined, deck: undefined }, "/deck/care")}" data-care-filter>
    ${seat.acting && seat.accounts.length > 1 ? html`<input type="hidden" name="account" value="${seat.acting.id}" />` : null}
    ${choose("status", "filter-status", listWords.list.status, filter.status, [
      { value: "waits", label: listWords.list.waits },
      { value: "overdue", label: listWords.list.overdue },
      ...careStatuses.map((status) => ({ value: status, label: words.status[status] })),
      { value: "all", label: listWords.list.all },
    ])}${choose("assignee", "filter-assignee", listWords.list.assignee, filter.assignee ?? "", [
      any,
      { value: "nobody", label: listWords.list.nobody },
      ...people,
      ...assignables.offices.map((one) => ({ value: one.id as string, label: one.name })),
    ])}${
      seat.accounts.length > 1
        ? choose("of", "filter-account", listWords.list.account, filter.account ?? "", [
            any,
            ...seat.accounts.map((one) => ({ value: one.id as string, label: one.name })),
          ])
        : null
    }${
      tags.length > 0
        ? choose("tag", "filter-tag", listWords.list.tag, filter.tag ?? "", [
            any,
            ...tags.map((tag) => ({ value: tag, label: tag })),
          ])
        : null
    }${choose("order", "filter-order", listWords.list.order, filter.order, [
      { value: "due", label: listWords.list.byDue },
      { value: "newest", label: listWords.list.byNewest },
    ])}
    ${button({ label: listWords.list.filter, look: "plain" })}
  </form>`;
}
