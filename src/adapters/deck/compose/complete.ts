import type { Context } from "hono";
import { fullHandle, type Env, type Services } from "#context.ts";
import { isOwn } from "#domain/accounts/account.ts";
import { completeHandle } from "#domain/accounts/complete-handle.ts";
import { completeTag } from "#domain/posts/complete-tag.ts";
import { html, type Html } from "#platform/html.ts";
import { notGranted } from "../guard.ts";
import { seatOf, type Seat } from "../seat.ts";
import { findEmoji } from "./find-emoji.ts";

const most = 8;
const mostEmoji = 40;

/** GET /deck/compose/complete?kind=mention|tag|emoji&q=: options for what is being typed, best first. */
export function complete(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat?.acting) return notGranted(c);
    const typed = (c.req.query("q") ?? "").slice(0, 100);
    const options = await optionsFor(services, seat, c.req.query("kind"), typed);
    if (!options) return c.text("kind?\n", 400);
    return c.html(
      html`<ul>
        ${options.map((option) => html`<li data-insert="${option.insert}" data-label="${option.label}">${option.shown}</li>`)}
      </ul>`.text,
    );
  };
}

/** What is put into the text, what it is called, and how the option looks. */
type Option = { insert: string; label: string; shown: Html };

async function optionsFor(
  services: Services,
  seat: Seat,
  kind: string | undefined,
  typed: string,
): Promise<Option[] | undefined> {
  const authority = seat.site.authority.id;
  switch (kind) {
    case "mention": {
      const accounts = await services.db.read(authority, (tx) => completeHandle(tx, authority, typed, most));
      return accounts.map((account) => {
        const handle = isOwn(account) ? `@${account.handle}` : fullHandle(account);
        const name = account.name || account.handle;
        const shown = html`<bdi>${name}</bdi> <span class="quiet">${handle}</span>`;
        return { insert: handle, label: `${name}, ${handle}`, shown };
      });
    }
    case "tag": {
      const tags = await services.db.read(authority, (tx) => completeTag(tx, authority, typed, most));
      return tags.map((tag) => ({ insert: `#${tag}`, label: `#${tag}`, shown: html`#${tag}` }));
    }
    case "emoji": {
      const found = await findEmoji(typed, seat.language, mostEmoji);
      return found.map(({ emoji, name }) => ({
        insert: emoji,
        label: name,
        shown: html`<span aria-hidden="true">${emoji}</span> <span class="emoji-name">${name}</span>`,
      }));
    }
    case undefined:
    default:
      return undefined;
  }
}
