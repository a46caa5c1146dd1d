import type { Context } from "hono";
import type { Env } from "#context.ts";
import type { DraftId } from "#domain/drafts/draft.ts";
import type { Kept } from "#domain/drafts/keep-draft.ts";
import type { Submitted } from "#domain/drafts/submit-draft.ts";
import { formatInstant, isoInstant } from "#platform/i18n.ts";
import type { Composition } from "../compose/composition.ts";
import { deckPath, type Seat } from "../seat.ts";
import { plannedMessage } from "./planned-words.ts";
import { draftWords } from "./words.ts";

/** What the client is told when something has been sent off; `undo` and `now` are paths to post to. */
export type Told = {
  state: "sent" | "sending" | "scheduled" | "awaiting" | "kept";
  message: string;
  draft: DraftId;
  undo?: string;
  now?: string;
  /** Until when it can be undone. */
  until?: string;
};

/** The answer to what was sent off; undefined when something stood in the way. */
export function answerSubmitted(
  c: Context<Env>,
  seat: Seat,
  { to, when }: Composition,
  done: Submitted,
): Response | undefined {
  const words = draftWords[seat.language].done;
  const said = to.mode === "edit" ? words.edited : words.sent;
  const isSent = done.outcome === "sent" || (done.outcome === "again" && done.same);
  if (isSent) return tell(c, seat, { state: "sent", message: said, draft: done.draft });
  if (done.outcome === "sending") return tell(c, seat, sendingTold(seat, done.draft, done.until));
  if (done.outcome !== "scheduled" && done.outcome !== "awaiting") return undefined;
  const { outcome: state, draft } = done;
  const message = state === "scheduled" ? plannedMessage(done.planned, when, seat) : words.awaiting;
  return tell(c, seat, { state, message, draft, undo: draftPath(seat, draft, "/unschedule") });
}

/** The answer to what was put aside. */
export function answerKept(c: Context<Env>, seat: Seat, kept: Kept): Response {
  const words = draftWords[seat.language].done;
  if (kept.outcome === "emptied")
    return c.req.header("x-deck-part") === "composer"
      ? c.body(null, 204)
      : c.redirect(deckPath(seat, "/deck"), 303);
  if (kept.outcome === "too-many") return c.text(`${words.tooMany}\n`, 429);
  const message = { kept: words.kept, parted: words.parted, settled: words.settled }[kept.outcome];
  return tell(c, seat, { state: "kept", message, draft: kept.id });
}

export function sendingTold(seat: Seat, draft: DraftId, until: Temporal.Instant): Told {
  const { language, site } = seat;
  const time = formatInstant(until, { language, zone: site.authority.zone, style: "time" });
  return {
    state: "sending",
    message: draftWords[language].done.sending(time),
    draft,
    undo: draftPath(seat, draft, "/undo"),
    now: draftPath(seat, draft, "/now"),
    until: isoInstant(until),
  };
}

export function draftPath(seat: Seat, draft: string, rest = ""): string {
  return deckPath(seat, `/deck/drafts/${draft}${rest}`);
}

/** The client is told what came of it; a browser without script is led to a deck that says so. */
function tell(c: Context<Env>, seat: Seat, told: Told): Response {
  if (c.req.header("x-deck-part") === "composer") return c.json(told, 202);
  return c.redirect(
    told.state === "sent" ? deckPath(seat, "/deck") : deckPath(seat, "/deck", { sent: told.draft }),
    303,
  );
}
