import { announce } from "./announcer.ts";
import { toast, toastWithAction } from "./toast.ts";
import { fill, liveWords, signInLink } from "./words.ts";

/** One step waits for another no longer than this. */
const longest = 20_000;

/** One at a time, so that what was moved first does not land last. */
let moving: Promise<boolean> = Promise.resolve(true);

/** Moves, widens and removes columns at once, and on the server; what the server refuses goes back. */
export async function moveColumn(column: HTMLElement, before: HTMLElement | null): Promise<void> {
  const from = nextColumn(column);
  if (before === column || before === from) return;
  place(column, before);
  const columns = columnsOf(column);
  announce(
    fill(liveWords().moved, {
      column: titleOf(column),
      place: columns.indexOf(column) + 1,
      count: columns.length,
    }),
  );
  const to = { before: before?.dataset["column"] ?? "" };
  moving = moving.then(() => post(column, "move", to));
  if (!(await moving)) place(column, from);
}

/** One step to the left or to the right. */
export function moveColumnBy(column: HTMLElement, by: 1 | -1): void {
  const columns = columnsOf(column);
  const to = columns.indexOf(column) + by;
  // A team's deck is moved about by whoever may, who has handles.
  if (!columns[to] || !column.querySelector("[data-handle]")) return;
  void moveColumn(column, by < 0 ? (columns[to] ?? null) : nextColumn(columns[to]));
  column.scrollIntoView({ inline: "nearest", block: "nearest" });
}

export async function widenColumn(column: HTMLElement, width: string): Promise<void> {
  const before = column.dataset["width"] ?? "normal";
  setWidth(column, width);
  if (!(await post(column, "width", { width }))) setWidth(column, before);
}

/** Takes the column away, and offers to put it back as it was. */
export async function removeColumn(column: HTMLElement): Promise<void> {
  const next = nextColumn(column);
  const parent = column.parentElement;
  const tab = tabOf(column);
  const tabAfter = tab?.nextElementSibling ?? null;
  const neighbour = next ?? columnsOf(column).at(-2);
  if (!(await post(column, "remove", {}))) return;
  const scroll = column.querySelector("[data-posts]")?.scrollTop ?? 0;
  column.remove();
  tab?.remove();
  neighbour?.querySelector<HTMLElement>("[data-posts]")?.focus({ preventScroll: true });
  toastWithAction(fill(liveWords().removed, { column: titleOf(column) }), {
    label: liveWords().undo,
    run: async () => {
      if (!(await post(column, "restore", {}))) return;
      parent?.insertBefore(column, next?.isConnected ? next : endOf(parent));
      if (tab) (tabAfter?.isConnected ? tabAfter : null)?.before(tab);
      column.querySelector("[data-posts]")?.scrollTo({ top: scroll });
      column.querySelector<HTMLElement>("[data-posts]")?.focus();
    },
  });
}

export function columnsOf(within: Element): HTMLElement[] {
  return [...(within.closest(".columns")?.querySelectorAll<HTMLElement>(":scope > .column") ?? [])];
}

function nextColumn(column: HTMLElement): HTMLElement | null {
  const columns = columnsOf(column);
  return columns[columns.indexOf(column) + 1] ?? null;
}

function setWidth(column: HTMLElement, width: string): void {
  column.dataset["width"] = width;
  for (const button of column.querySelectorAll<HTMLButtonElement>("[data-column-step=width] button"))
    button.setAttribute("aria-pressed", String(button.value === width));
  column.scrollIntoView({ inline: "nearest", block: "nearest" });
}

/** Puts a column before another, or last; neither its focus nor where one reads in it is lost by that. */
function place(column: HTMLElement, before: HTMLElement | null): void {
  const parent = column.parentElement;
  if (!parent) return;
  const posts = column.querySelector("[data-posts]");
  const scroll = posts?.scrollTop ?? 0;
  const active = document.activeElement;
  parent.insertBefore(column, before ?? endOf(parent));
  posts?.scrollTo({ top: scroll });
  if (active instanceof HTMLElement && column.contains(active)) active.focus({ preventScroll: true });
  const tab = tabOf(column);
  const columns = columnsOf(column).map((one) => tabOf(one));
  const last = columns.filter((one) => one && one !== tab).at(-1);
  const tabBefore = before ? tabOf(before) : last?.nextElementSibling;
  if (tab) tab.parentElement?.insertBefore(tab, tabBefore ?? null);
}

/** What comes after the last column. */
function endOf(parent: Element): Element | null {
  return [...parent.querySelectorAll(":scope > .column")].at(-1)?.nextElementSibling ?? null;
}

function tabOf(column: HTMLElement): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.tabbar [data-column="${column.dataset["column"]}"]`);
}

function titleOf(column: HTMLElement): string {
  return column.querySelector("h2")?.textContent?.trim() ?? "";
}

async function post(column: HTMLElement, step: string, values: Record<string, string>): Promise<boolean> {
  const words = liveWords();
  const url = new URL(column.dataset["source"] ?? location.href, location.href);
  url.pathname += `/${step}`;
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "x-deck-part": "column" },
      body: new URLSearchParams(values),
      redirect: "manual",
      signal: AbortSignal.timeout(longest),
    });
    if (answer.type === "opaqueredirect" || answer.ok) return true;
    if (answer.status === 401) toast(words.signedOut, signInLink());
    else toast(words.failed);
  } catch {
    toast(words.offline);
  }
  return false;
}
