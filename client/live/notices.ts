import type { Column } from "./column.ts";
import { parse } from "./items.ts";
import { toast } from "./toast.ts";
import { countNew, liveWords } from "./words.ts";

const together = 3_000;

/**
 * Notices on the desktop, for columns that somebody has chosen them for, while the deck is out of sight. They say who
 * and where, never what: a screen may be seen by others.
 */
export class Notices {
  private readonly open: (column: Column, post: string) => void;
  private readonly waiting = new Map<Column, { count: number; item: string }>();

  constructor(open: (column: Column, post: string) => void) {
    this.open = open;
  }

  add(column: Column, fresh: readonly string[]): void {
    const item = fresh.at(-1);
    const isWanted = column.element.dataset["notify"] === "1" && (document.hidden || !document.hasFocus());
    if (!item || !isWanted || permission() !== "granted") return;
    const waiting = this.waiting.get(column);
    this.waiting.set(column, { count: (waiting?.count ?? 0) + fresh.length, item });
    if (!waiting) setTimeout(() => this.show(column), together);
  }

  private show(column: Column): void {
    const { count, item } = this.waiting.get(column) ?? { count: 0, item: "" };
    this.waiting.delete(column);
    const post = parse(item);
    if (!post) return;
    const author = post.querySelector(".name")?.textContent?.trim() ?? "";
    const title = count === 1 && author ? author : countNew(count);
    try {
      const notice = new Notification(title, { body: column.title, tag: `torg-column-${column.id}` });
      notice.addEventListener("click", () => {
        window.focus();
        notice.close();
        this.open(column, post.dataset["post"] ?? "");
      });
    } catch {
      // Some browsers on phones have the name but not the thing.
    }
  }
}

/** The browser is asked only when somebody has pressed for it: what they chose in the column's menu is a wish until then. */
export async function askForNotices(): Promise<void> {
  if (permission() === "default") await Notification.requestPermission();
  if (permission() !== "granted") toast(liveWords().noticesRefused);
}

function permission(): NotificationPermission {
  return "Notification" in window ? Notification.permission : "denied";
}
