import type { Draft } from "#domain/drafts/draft.ts";
import { html, type Html } from "#platform/html.ts";
import { action, button } from "#ui/controls.ts";
import { icon, type IconName } from "#ui/icon.ts";
import { draftPath } from "./answer.ts";
import { excerptOf, type CardContext } from "./card-context.ts";
import { draftWords } from "./words.ts";

/** What one can do with a draft, the likeliest first. In a narrow place they are signs alone. */
export function draftActions(context: CardContext, draft: Draft, title: string): Html | null {
  const { seat } = context;
  const words = draftWords[seat.language].actions;
  const about = `${title}: ${excerptOf(draft).slice(0, 60)}`;
  const link = (label: string, path: string, icon: IconName) =>
    context.brief
      ? action({ label, icon, href: path, about, iconOnly: true })
      : html`<a class="button plain" href="${path}">${inside(icon, label, about)}</a>`;
  const press = (label: string, act: string, icon: IconName, look = "plain") =>
    html`<form method="post" action="${draftPath(seat, draft.id, act)}">
      ${
        context.brief
          ? action({ label, icon, about, iconOnly: true })
          : html`<button class="button ${look}" type="submit">${inside(icon, label, about)}</button>`
      }
    </form>`;
  if (draft.person !== seat.person)
    return draft.state === "awaiting"
      ? html`<div class="row">${link(words.read, draftPath(seat, draft.id), "show")}</div>`
      : null;
  const open = (label: string) => link(label, draftPath(seat, draft.id), "edit");
  const away = press(words.delete, "/delete", "delete", "text");
  switch (draft.state) {
    case "draft":
      return html`<div class="row">${open(words.open)}${away}</div>`;
    case "awaiting":
      return html`<div class="row">${link(words.show, draftPath(seat, draft.id), "show")}${press(words.withdraw, "/unschedule", "history")}</div>`;
    case "scheduled":
      return html`<div class="row">${open(words.edit)}${press(words.now, "/now", "send")}${press(words.unschedule, "/unschedule", "history", "text")}</div>`;
    case "sending":
      return html`<div class="row">${press(words.undo, "/undo", "history")}${press(words.now, "/now", "send", "text")}</div>`;
    case "late":
      return html`<div class="row">${press(words.now, "/now", "send")}</div>
        ${replan(context, draft)}
        <div class="row">${open(words.edit)}${away}</div>`;
    case "failed":
      return html`<div class="row">${open(words.edit)}${press(words.now, "/now", "send")}${away}</div>`;
    case "sent":
    case "thrown":
      return null;
  }
}

/** The same clock time the next time it comes, ready to press. */
function replan({ seat, now }: CardContext, draft: Draft): Html {
  const words = draftWords[seat.language];
  const local = now.toZonedDateTimeISO(seat.site.authority.zone);
  const clock = Temporal.PlainTime.from(draft.localTime ?? "08:00");
  const today = local.toPlainDate().toPlainDateTime(clock);
  const soon = Temporal.PlainDateTime.compare(today, local.toPlainDateTime()) > 0;
  const next = (soon ? today : today.add({ days: 1 })).toString({ smallestUnit: "minute" });
  const id = `when-${draft.id}`;
  return html`<form class="draft-replan" method="post" action="${draftPath(seat, draft.id, "/replan")}">
    <label class="label" for="${id}">${words.newTime}</label>
    <div class="row">
      <input class="input" id="${id}" type="datetime-local" name="when" value="${next}" required />${button({ label: words.actions.replan, look: "plain", icon: "clock" })}
    </div>
  </form>`;
}

function inside(sign: IconName, label: string, about: string): Html {
  return html`${icon(sign)}<span>${label}<span class="visually-hidden"> ${about}</span></span>`;
}
