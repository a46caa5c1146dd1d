import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { approveDraft, refuseDraft, type Approved } from "#domain/drafts/approve.ts";
import { bypassApproval } from "#domain/drafts/bypass-approval.ts";
import { findDraft, type DraftId } from "#domain/drafts/draft.ts";
import { replanDraft } from "#domain/drafts/replan.ts";
import { sendDraft } from "#domain/drafts/send-draft.ts";
import { throwAway, undoDraft, unschedule } from "#domain/drafts/take-back.ts";
import type { Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";
import { formText } from "../form-text.ts";
import { notGranted } from "../guard.ts";
import { deckPath, seatOf, type Seat } from "../seat.ts";
import { approvalWords } from "./approval-words.ts";
import { draftPath, sendingTold, type Told } from "./answer.ts";
import type { Outcome } from "./outcome-notice.ts";
import { plannedWords } from "./planned-words.ts";
import { draftPage, type Retry } from "./show-draft.ts";
import { draftWords } from "./words.ts";

export type Act = "undo" | "now" | "delete" | "unschedule" | "approve" | "refuse" | "bypass" | "replan";

type Acting = {
  services: Services;
  c: Context<Env>;
  seat: Seat;
  id: DraftId;
  form: FormData;
  run: <T>(work: (tx: Transaction, now: Temporal.Instant) => Promise<T>) => Promise<T>;
};

/** POST /deck/drafts/:id/…: one thing done to a draft. Whose it is to do is asked in drafts/. */
export function actOn(services: Services, act: Act) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const id = parseId<"draft">(c.req.param("id"));
    const authority = seat.site.authority.id;
    const draft = id && (await services.db.read(authority, (tx) => findDraft(tx, authority, id)));
    const theirs =
      draft && (draft.person === seat.person || seat.accounts.some((one) => one.id === draft.account));
    if (!id || !theirs) return c.notFound();
    const type = c.req.header("content-type") ?? "";
    const form = /form/.test(type) ? await c.req.formData() : new FormData();
    const run: Acting["run"] = (work) => services.db.as(authority, (tx) => work(tx, services.clock()));
    return acts[act]({ services, c, seat, id, form, run });
  };
}

const acts: Record<Act, (acting: Acting) => Promise<Response>> = {
  undo: async ({ c, seat, id, run }) => {
    const { authority } = seat.site;
    const done = await run((tx, now) => undoDraft(tx, authority, id, seat.person, now));
    if (done.outcome === "draft") {
      const message = draftWords[seat.language].done.takenBack;
      if (isScript(c))
        return c.json({ state: "draft", message, draft: id, compose: draftPath(seat, id) }, 200);
      return c.redirect(deckPath(seat, `/deck/drafts/${id}`, { done: "takenBack" }), 303);
    }
    const outcome = { awaiting: "awaitingAgain", "too-late": "tooLate", nothing: "nothing" } as const;
    return conclude(c, seat, outcome[done.outcome], { sent: done.outcome === "too-late" ? id : undefined });
  },
  now: async ({ c, seat, id, run }) => {
    const { authority } = seat.site;
    const done = await run(async (tx, now) => {
      const draft = await findDraft(tx, authority.id, id, { forUpdate: true });
      if (draft?.person !== seat.person && draft?.approvedBy !== seat.person) return undefined;
      return sendDraft(tx, authority, id, now, { atOnce: true });
    });
    if (done?.outcome === "sent") {
      const message = draftWords[seat.language].done.sent;
      const told: Told = { state: "sent", message, draft: id };
      return isScript(c) ? c.json(told, 202) : c.redirect(deckPath(seat, "/deck", { sent: id }), 303);
    }
    const outcome =
      done?.outcome === "failed" ? "failed" : done?.outcome === "awaiting" ? "awaitingAgain" : "nothing";
    return conclude(c, seat, outcome, {});
  },
  delete: async ({ c, seat, id, run }) => {
    const done = await run((tx, now) => throwAway(tx, seat.site.authority, id, seat.person, now));
    if (done.outcome === "thrown") return conclude(c, seat, "thrown", { draft: id });
    return conclude(c, seat, done.outcome === "too-late" ? "tooLate" : "nothing", {});
  },
  unschedule: async ({ c, seat, id, run }) => {
    const done = await run((tx, now) => unschedule(tx, seat.site.authority, id, seat.person, now));
    const outcome = {
      draft: "unscheduled",
      awaiting: "nothing",
      "too-late": "tooLate",
      nothing: "nothing",
    } as const;
    if (done.outcome === "draft" && isScript(c)) {
      const message = draftWords[seat.language].done.unscheduled;
      return c.json({ state: "draft", message, draft: id, compose: draftPath(seat, id) }, 200);
    }
    return conclude(c, seat, outcome[done.outcome], {});
  },
  approve: async ({ services, c, seat, id, form, run }) => {
    const { undoSeconds } = services.config;
    const decision = { id, version: versionIn(form), by: seat.person, seen: seenIn(form) };
    const done = await run((tx, now) => approveDraft(tx, seat.site.authority, decision, now, undoSeconds));
    if (done.outcome === "thread-changed") return showChanges(services, c, seat, { changes: done.changes });
    return answerApproved(c, seat, id, done);
  },
  refuse: async ({ services, c, seat, id, form, run }) => {
    const comment = formText(form, "comment").slice(0, 2000);
    const decision = { id, version: versionIn(form), by: seat.person, comment };
    const done = await run((tx, now) => refuseDraft(tx, seat.site.authority, decision, now));
    if (done.outcome === "comment-missing")
      return draftPage(services, c, 422, {
        comment,
        commentError: approvalWords[seat.language].commentMissing,
      });
    if (done.outcome === "changed")
      return c.redirect(deckPath(seat, `/deck/drafts/${id}`, { done: "changed" }), 303);
    return conclude(c, seat, done.outcome === "refused" ? "refused" : "nothing", {});
  },
  bypass: async ({ services, c, seat, id, form, run }) => {
    const { undoSeconds } = services.config;
    const reason = formText(form, "reason").slice(0, 300);
    const decision = { id, by: seat.person, reason, seen: seenIn(form) };
    const done = await run((tx, now) => bypassApproval(tx, seat.site.authority, decision, now, undoSeconds));
    if (done.outcome === "reason-missing")
      return draftPage(services, c, 422, { bypassError: approvalWords[seat.language].bypassMissing });
    if (done.outcome === "thread-changed")
      return showChanges(services, c, seat, { changes: done.changes, bypassReason: reason });
    return answerApproved(c, seat, id, done);
  },
  replan: async ({ c, seat, id, form, run }) => {
    const { authority } = seat.site;
    const localTime = formText(form, "when");
    const done = await run((tx, now) => replanDraft(tx, authority, { id, by: seat.person, localTime }, now));
    const words = draftWords[seat.language].time;
    if (done.outcome === "time-missing") return c.text(words.missing + "\n", 422);
    if (done.outcome === "time-passed")
      return c.text(words.passed(plannedWords(done.planned.at, seat)) + "\n", 422);
    return done.outcome === "nothing"
      ? conclude(c, seat, "nothing", {})
      : c.redirect(deckPath(seat, "/deck/drafts", { sent: id }), 303);
  },
};

/** What has come is read before it is let out: the page shows it, and its buttons know that it has been shown. */
function showChanges(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  retry: Retry,
): Response | Promise<Response> {
  if (isScript(c)) return c.text(`${draftWords[seat.language].changes.title}\n`, 409);
  return draftPage(services, c, 409, retry);
}

function answerApproved(
  c: Context<Env>,
  seat: Seat,
  id: DraftId,
  done: Exclude<Approved, { outcome: "thread-changed" }>,
): Response {
  switch (done.outcome) {
    case "sending":
      if (isScript(c)) return c.json(sendingTold(seat, id, done.until), 202);
      return c.redirect(deckPath(seat, "/deck/drafts", { sent: id }), 303);
    case "sent":
    case "scheduled":
      return c.redirect(deckPath(seat, "/deck/drafts", { sent: id }), 303);
    case "late":
      return conclude(c, seat, "late", {});
    case "failed":
    case "objection":
      return conclude(c, seat, "failed", {});
    case "changed":
      return c.redirect(deckPath(seat, `/deck/drafts/${id}`, { done: "changed" }), 303);
    case "not-waiting":
      return conclude(c, seat, "nothing", {});
  }
}

/** The list again, which says what was done; a script is told in a line. */
function conclude(
  c: Context<Env>,
  seat: Seat,
  done: Outcome,
  query: Record<string, string | undefined>,
): Response {
  const trouble = ["tooLate", "failed", "nothing", "late"].includes(done);
  if (isScript(c))
    return trouble
      ? c.text(`${draftWords[seat.language].done[done]}\n`, 409)
      : c.json({ state: done, message: draftWords[seat.language].done[done], draft: c.req.param("id") }, 200);
  const back = backTo(c, seat);
  return c.redirect(deckPath(seat, back, { done, ...query }), 303);
}

/** The week stays the week. */
function backTo(c: Context<Env>, seat: Seat): string {
  const from = URL.parse(c.req.header("referer") ?? "");
  const week = from?.origin === seat.site.origin && from.pathname.endsWith("/deck/planned");
  return week ? "/deck/planned" : "/deck/drafts";
}

function isScript(c: Context<Env>): boolean {
  return c.req.header("x-deck-part") !== undefined;
}

function versionIn(form: FormData): number {
  const text = formText(form, "version");
  return /^\d{1,6}$/.test(text) ? Number(text) : 0;
}

function seenIn(form: FormData): string | null {
  return parseId(formText(form, "seen")) ?? null;
}
