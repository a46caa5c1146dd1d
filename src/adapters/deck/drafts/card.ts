import type { Draft } from "#domain/drafts/draft.ts";
import { html, type Html } from "#platform/html.ts";
import { formatInstant } from "#platform/i18n.ts";
import { chip, time } from "#ui/controls.ts";
import type { IconName } from "#ui/icon.ts";
import { readerOf } from "../seat.ts";
import { draftPath } from "./answer.ts";
import { draftActions } from "./card-actions.ts";
import { excerptOf, type CardContext } from "./card-context.ts";
import { weekdayOf } from "./planned-words.ts";
import { draftWords } from "./words.ts";

/** A draft in a list: what it says, what is to become of it, and what one can do. `level` is its heading's. */
export function draftCard(context: CardContext, draft: Draft, level: 3 | 4 = 3): Html {
  const { seat, people } = context;
  const words = draftWords[seat.language];
  const own = draft.person === seat.person;
  const title = titleOf(context, draft);
  const named = context.brief ? briefTitle(context, draft) : title;
  const opens = own || draft.state === "awaiting";
  const heading = opens ? html`<a href="${draftPath(seat, draft.id)}">${named}</a>` : named;
  return html`<article class="draft-card ${draft.state}">
    <header>
      ${level === 3 ? html`<h3>${heading}</h3>` : html`<h4>${heading}</h4>`}${stateChip(context, draft)}
    </header>
    ${own ? null : html`<p class="small quiet">${words.by(people.get(draft.person) ?? "")}</p>`}
    ${context.brief ? null : when(context, draft)}
    <p class="draft-text" ${draft.content.language ? html`lang="${draft.content.language}"` : null}>${excerptOf(draft) || words.noText}</p>
    ${
      draft.content.pictures.length > 0
        ? html`<p class="small quiet">${words.pictures(draft.content.pictures.length)}</p>`
        : null
    }${remark(context, draft)}${draftActions(context, draft, title)}
  </article>`;
}

/** "Svar som Kommunchefen" */
export function titleOf({ seat, accounts }: CardContext, { to, content }: Draft): string {
  const words = draftWords[seat.language];
  return `${words.kinds[to.mode]} ${words.as(accounts.get(content.account) ?? words.noAccount)}`;
}

/** "08.00 Kommunchefen" */
function briefTitle({ seat, accounts }: CardContext, { dueAt, content }: Draft): string {
  const { language, site } = seat;
  const clock = dueAt ? formatInstant(dueAt, { language, zone: site.authority.zone, style: "time" }) : "";
  return `${clock} ${accounts.get(content.account) ?? ""}`.trim();
}

function stateChip({ seat, brief }: CardContext, draft: Draft): Html | null {
  // In a plan, being planned goes without saying.
  if (brief && draft.state === "scheduled") return null;
  const words = draftWords[seat.language].states;
  const icons: Partial<Record<Draft["state"], IconName>> = {
    awaiting: "show",
    scheduled: "clock",
    sending: "send",
    late: "warn",
    failed: "error",
  };
  const sign = icons[draft.state];
  if (!sign) return null;
  const look = draft.state === "late" || draft.state === "failed" ? ("late" as const) : ("accent" as const);
  return chip(words[draft.state], { icon: sign, look });
}

function when({ seat, now }: CardContext, draft: Draft): Html {
  const words = draftWords[seat.language];
  const reader = readerOf(seat, now);
  if (!draft.dueAt) return html`<p class="small quiet">${words.kept} ${time(draft.updatedAt, reader)}</p>`;
  const label = draft.state === "late" || draft.state === "failed" ? words.wasToGoOut : words.goesOut;
  const day = weekdayOf(draft.dueAt.toZonedDateTimeISO(reader.zone).dayOfWeek, seat);
  return html`<p class="draft-when">${label} ${day} ${time(draft.dueAt, reader, "full")}</p>`;
}

/** Why it did not go out, or what the colleague said who read it. */
function remark({ seat, people }: CardContext, draft: Draft): Html | null {
  const words = draftWords[seat.language];
  if (draft.state === "late") return html`<p class="draft-remark">${words.late}</p>`;
  if (draft.state === "failed" && draft.problem)
    return html`<p class="draft-remark">${words.problems[draft.problem]}</p>`;
  if (draft.comment && draft.state === "draft")
    return html`<div class="draft-remark">
      <p>${words.refusedBy(people.get(draft.refusedBy ?? "") ?? "")}</p>
      <blockquote>${draft.comment}</blockquote>
    </div>`;
  if (draft.approvedBy && draft.state === "scheduled")
    return html`<p class="small quiet">${words.approvedBy(people.get(draft.approvedBy) ?? "")}</p>`;
  return null;
}
