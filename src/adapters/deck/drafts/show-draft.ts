import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { accountsById } from "#domain/accounts/account.ts";
import { mayDecide } from "#domain/drafts/approve.ts";
import type { Changes } from "#domain/drafts/changed-since.ts";
import { findDraft, type Draft } from "#domain/drafts/draft.ts";
import { namesOfPeople } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { button, notice, pageHead } from "#ui/controls.ts";
import { field, textarea } from "#ui/form.ts";
import { changesHtml } from "../compose/changes-html.ts";
import { fromDraft } from "../compose/from-draft.ts";
import { composerFor } from "../compose/give-back.ts";
import { previewHtml } from "../compose/preview.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { missingPage } from "../refusal-pages.ts";
import { deckPath, seatOf, type Seat } from "../seat.ts";
import { approvalWords } from "./approval-words.ts";
import { draftPath } from "./answer.ts";
import { outcomeNotice, press, sentNotice } from "./outcome-notice.ts";
import { plannedWords } from "./planned-words.ts";
import { draftWords } from "./words.ts";

/** A form of an earlier try, shown again with what is wrong. */
export type Retry = {
  commentError?: string;
  comment?: string;
  bypassError?: string;
  bypassReason?: string;
  changes?: Changes;
};

/** GET /deck/drafts/:id: its writer goes on with it; a colleague reads it before it goes out. */
export function showDraft(services: Services) {
  return (c: Context<Env>): Promise<Response> => draftPage(services, c, 200, {});
}

export async function draftPage(
  services: Services,
  c: Context<Env>,
  status: 200 | 409 | 422,
  retry: Retry,
): Promise<Response> {
  const seat = seatOf(c);
  const id = parseId<"draft">(c.req.param("id"));
  if (!seat) return notGranted(c);
  const words = draftWords[seat.language];
  const now = services.clock();
  const alone = c.req.header("x-deck-part") === "composer";
  const changed = retry.changes ? await changesHtml(services, seat, retry.changes) : null;
  const shown = await services.db.read(seat.site.authority.id, async (tx): Promise<Shown | undefined> => {
    const draft = id && (await findDraft(tx, seat.site.authority.id, id));
    if (!draft) return undefined;
    const told = await outcomeNotice(tx, c, seat, now);
    if (draft.person !== seat.person) {
      if (!(await mayDecide(tx, seat.site.authority, draft, seat.person))) return undefined;
      return {
        title: approvalWords[seat.language].title,
        content: html`${told}${changed}${await toApprove(tx, seat, draft, now, retry)}`,
      };
    }
    if (draft.state === "awaiting")
      return {
        title: approvalWords[seat.language].own,
        content: html`${told}${changed}${await ownAwaiting(tx, seat, draft, now, retry)}`,
      };
    if (["sending", "sent", "thrown"].includes(draft.state)) {
      const body =
        draft.state === "thrown" ? thrownNotice(seat, draft) : await sentNotice(tx, seat, draft.id, now);
      return {
        title: words.states[draft.state],
        content: html`${pageHead({ title: words.states[draft.state] })}${body}`,
      };
    }
    const about = html`${told}${await aboutDraft(tx, seat, draft)}`;
    const composer = await composerFor(tx, seat, {
      composition: fromDraft(draft, seat),
      ...(alone ? { above: about } : {}),
    });
    return { title: words.states[draft.state], content: about, composer };
  });
  if (!shown) return missingPage(services, c, { lead: words.missing });
  if (alone && shown.composer) return c.html(shown.composer.text);
  const page = await deckPage(services, seat, { current: "none", ...shown });
  return c.html(page.text, status);
}

type Shown = { title: string; content: Html; composer?: Html };

/** What the writer should know before going on. */
async function aboutDraft(tx: Transaction, seat: Seat, draft: Draft): Promise<Html> {
  const words = draftWords[seat.language];
  const authority = seat.site.authority.id;
  const granted = seat.accounts.some((account) => account.id === draft.content.account);
  const account = parseId<"account">(draft.content.account);
  const name = account && (await accountsById(tx, authority, [account])).get(account)?.name;
  const people = draft.refusedBy ? [draft.refusedBy] : [];
  const refuser = (await namesOfPeople(tx, authority, people)).get(draft.refusedBy ?? "") ?? "";
  const at = draft.dueAt ? plannedWords(draft.dueAt, seat) : "";
  return html`${granted ? null : notice({ tone: "warn", title: words.accountTaken(name ?? words.someAccount) }, seat)}${
    draft.comment && draft.state === "draft"
      ? notice({ tone: "warn", title: words.refusedBy(refuser), body: draft.comment }, seat)
      : null
  }${draft.state === "late" ? notice({ tone: "warn", title: words.states.late, body: words.late }, seat) : null}${
    draft.state === "failed" && draft.problem
      ? notice({ tone: "error", title: words.states.failed, body: words.problems[draft.problem] }, seat)
      : null
  }${draft.state === "scheduled" ? notice({ tone: "info", title: words.done.scheduled(at) }, seat) : null}`;
}

async function toApprove(
  tx: Transaction,
  seat: Seat,
  draft: Draft,
  now: Temporal.Instant,
  retry: Retry,
): Promise<Html> {
  const words = approvalWords[seat.language];
  const writer = (await namesOfPeople(tx, seat.site.authority.id, [draft.person])).get(draft.person) ?? "";
  const account = seat.accounts.find((one) => one.id === draft.account);
  const version = html`<input type="hidden" name="version" value="${draft.version}" />`;
  return html`${pageHead({ title: words.title, lead: words.lead(writer, account?.name ?? "") })}${await preview(tx, seat, draft, now)}
    <section class="section approval" aria-labelledby="approval-title">
      <h2 id="approval-title">${words.ways}</h2>
      <p>${draft.dueAt ? words.atTime(plannedWords(draft.dueAt, seat)) : words.atOnce}</p>
      <form method="post" action="${draftPath(seat, draft.id, "/approve")}">
        ${version}${seenField(retry)}${button({ label: words.approve, icon: "check" })}
      </form>
      <form class="form" method="post" action="${draftPath(seat, draft.id, "/refuse")}">
        ${version}${textarea({ name: "comment", label: words.comment, hint: words.commentHint, required: true, rows: 3, maxLength: 2000, value: retry.comment ?? "", ...(retry.commentError ? { error: retry.commentError } : {}) }, seat)}${button(
          { label: words.refuse, look: "plain", icon: "history" },
        )}
      </form>
    </section>`;
}

async function ownAwaiting(
  tx: Transaction,
  seat: Seat,
  draft: Draft,
  now: Temporal.Instant,
  retry: Retry,
): Promise<Html> {
  const all = draftWords[seat.language];
  const words = approvalWords[seat.language];
  const account = seat.accounts.find((one) => one.id === draft.account)?.name ?? all.someAccount;
  return html`${pageHead({ title: words.own, lead: words.ownLead(account), actions: html`${press(seat, draft.id, "/unschedule", all.actions.withdraw)}${button({ label: all.actions.toDrafts, look: "text", href: deckPath(seat, "/deck/drafts") })}` })}${await preview(tx, seat, draft, now)}
    <section class="section approval" aria-labelledby="bypass-title">
      <h2 id="bypass-title">${words.bypass}</h2>
      <form class="form" method="post" action="${draftPath(seat, draft.id, "/bypass")}">
        ${seenField(retry)}${field({ name: "reason", label: words.bypassReason, hint: words.bypassHint, required: true, maxLength: 300, value: retry.bypassReason ?? "", ...(retry.bypassError ? { error: retry.bypassError } : {}) }, seat)}${button(
          { label: words.bypass, look: "plain", icon: "send" },
        )}
      </form>
    </section>`;
}

/** How far the conversation has been shown: pressed again, it is let out in spite of what has come. */
function seenField({ changes }: Retry): Html | null {
  return changes ? html`<input type="hidden" name="seen" value="${changes.seen}" />` : null;
}

/** Exactly what would be sent. */
async function preview(
  tx: Transaction,
  seat: Seat,
  draft: Draft,
  now: Temporal.Instant,
): Promise<Html | null> {
  const account = seat.accounts.find((one) => one.id === draft.account);
  if (!account) return null;
  const composition = { ...fromDraft(draft, seat), account: account.id };
  return previewHtml(tx, { seat, composition, account }, now);
}

function thrownNotice(seat: Seat, draft: Draft): Html {
  const words = draftWords[seat.language];
  return notice(
    { tone: "info", title: words.done.thrown, body: press(seat, draft.id, "/undo", words.actions.undo) },
    seat,
  );
}
