import type { Context } from "hono";
import type { Env } from "#context.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { formatNumber } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import { button, notice } from "#ui/controls.ts";
import { deckPath, type Seat } from "../seat.ts";
import { keptWords, namesOfThreads, readDone, refusals, type Why } from "./bulk.ts";
import { careListWords } from "./list-words.ts";
import { careWords } from "./words.ts";

/** What came of an act on several, when the page comes back from it without script; with the way to undo. */
export async function listNotice(tx: Transaction, c: Context<Env>, seat: Seat): Promise<Html | null> {
  const words = careWords[seat.language];
  const listWords = careListWords[seat.language];
  const refused = refusals.find((one) => one === c.req.query("refused"));
  if (refused) return notice({ tone: "warn", title: words.refused[refused], live: true }, seat);
  const done = readDone(c.req.queries("done") ?? []);
  const undone = readDone(c.req.queries("undone") ?? []);
  const kept = readKept(c, seat);
  if (done.length + undone.length + kept.length === 0) return null;
  const number = (count: number) => formatNumber(count, seat.language);
  const names = await namesOfThreads(
    tx,
    seat,
    kept.map((one) => one.thread),
  );
  const title =
    undone.length > 0
      ? listWords.bulk.undone(number(undone.length))
      : listWords.bulk.done(number(done.length));
  const why = keptWords(seat, kept, names);
  const body = html`${why ? html`<p>${why}</p>` : null}${
    done.length > 0
      ? html`<form method="post" action="${deckPath(seat, "/deck/care/undo")}">
          ${done.map(({ thread, version }) => html`<input type="hidden" name="done" value="${thread}.${version}" />`)}${button({ label: words.done.undo, look: "plain", data: { "global-key": "z" } })}
        </form>`
      : null
  }`;
  return notice({ tone: kept.length > 0 ? "warn" : "success", title, body, live: true }, seat);
}

function readKept(c: Context<Env>, seat: Seat): { thread: string; why: Why }[] {
  const known = careListWords[seat.language].bulk.why;
  return (c.req.queries("kept") ?? []).flatMap((value) => {
    const [thread, why] = value.split(".");
    return thread && parseId(thread) && why && Object.hasOwn(known, why) ? [{ thread, why: why as Why }] : [];
  });
}
