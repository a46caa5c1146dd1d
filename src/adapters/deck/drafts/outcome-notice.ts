import type { Context } from "hono";
import type { Env } from "#context.ts";
import { findDraft, type Draft } from "#domain/drafts/draft.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { formatInstant } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import { notice } from "#ui/controls.ts";
import { deckPath, type Seat } from "../seat.ts";
import { draftPath } from "./answer.ts";
import { plannedWords } from "./planned-words.ts";
import { draftWords } from "./words.ts";

/** What has just been done by a form, as the next page says it; the word stands in its address. */
const outcomes = [
  "thrown",
  "broughtBack",
  "unscheduled",
  "approved",
  "refused",
  "tooLate",
  "awaitingAgain",
  "late",
  "failed",
  "nothing",
  "changed",
  "takenBack",
] as const;
export type Outcome = (typeof outcomes)[number];

/** For a page that a form leads to: `?sent=<draft>` tells what became of it, `?done=<word>` what was done. */
export async function outcomeNotice(
  tx: Transaction,
  c: Context<Env>,
  seat: Seat,
  now: Temporal.Instant,
): Promise<Html | null> {
  const sent = parseId<"draft">(c.req.query("sent"));
  if (sent) return sentNotice(tx, seat, sent, now);
  const done = outcomes.find((one) => one === c.req.query("done"));
  if (!done) return null;
  const words = draftWords[seat.language];
  const draft = parseId<"draft">(c.req.query("draft"));
  const trouble = ["tooLate", "late", "failed", "nothing", "changed"].includes(done);
  return notice(
    {
      tone: trouble ? "warn" : "success",
      title: words.done[done],
      body: done === "thrown" && draft ? press(seat, draft, "/undo", words.actions.undo) : null,
      live: true,
    },
    seat,
  );
}

/** What became of a draft that was sent off: with a button that takes it back while that can be done. */
export async function sentNotice(
  tx: Transaction,
  seat: Seat,
  id: string,
  now: Temporal.Instant,
): Promise<Html | null> {
  const draft = await findDraft(tx, seat.site.authority.id, id);
  if (!draft || (draft.person !== seat.person && draft.approvedBy !== seat.person)) return null;
  const said = saying(seat, draft, now);
  return said && html`<div class="sent-notice">${notice({ ...said, live: true }, seat)}</div>`;
}

function saying(seat: Seat, draft: Draft, now: Temporal.Instant) {
  const words = draftWords[seat.language];
  const { language, site } = seat;
  switch (draft.state) {
    case "sending": {
      const { dueAt } = draft;
      const title =
        dueAt && Temporal.Instant.compare(now, dueAt) < 0
          ? words.done.sending(formatSeconds(dueAt, language, site.authority.zone))
          : words.done.sendingNow;
      const body = html`<div class="row">
        ${press(seat, draft.id, "/undo", words.actions.undo)}${press(seat, draft.id, "/now", words.actions.now)}
      </div>`;
      return { tone: "info" as const, title, body };
    }
    case "sent": {
      const [post] = draft.posts;
      const title = draft.to.mode === "edit" ? words.done.edited : words.done.sent;
      const body = post ? html`<a href="${deckPath(seat, `/deck/posts/${post}`)}">${words.toPost}</a>` : null;
      return { tone: "success" as const, title, body };
    }
    case "scheduled":
      return {
        tone: "success" as const,
        title: words.done.scheduled(draft.dueAt ? plannedWords(draft.dueAt, seat) : ""),
        body: draftsLink(seat),
      };
    case "awaiting":
      return { tone: "success" as const, title: words.done.awaiting, body: draftsLink(seat) };
    case "draft":
      return { tone: "success" as const, title: words.done.kept, body: draftsLink(seat) };
    case "late":
      return { tone: "warn" as const, title: words.states.late, body: draftsLink(seat) };
    case "failed":
      return {
        tone: "error" as const,
        title: words.done.failed,
        body: html`${draft.problem && words.problems[draft.problem]} ${draftsLink(seat)}`,
      };
    case "thrown":
      return null;
  }
}

function draftsLink(seat: Seat): Html {
  return html`<a href="${deckPath(seat, "/deck/drafts")}">${draftWords[seat.language].actions.toDrafts}</a>`;
}

export function press(seat: Seat, draft: string, act: string, label: string): Html {
  return html`<form method="post" action="${draftPath(seat, draft, act)}">
    <button class="button plain" type="submit">${label}</button>
  </form>`;
}

/** "08.10.42": minutes are too coarse for ten seconds. */
function formatSeconds(at: Temporal.Instant, language: Seat["language"], zone: string): string {
  const minutes = formatInstant(at, { language, zone, style: "time" });
  const seconds = String(at.toZonedDateTimeISO(zone).second).padStart(2, "0");
  return `${minutes}${language === "sv" ? "." : ":"}${seconds}`;
}
