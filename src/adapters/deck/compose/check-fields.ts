import { html, type Html } from "#platform/html.ts";
import { checkbox, field } from "#ui/form.ts";
import type { Seat } from "../seat.ts";
import { checkWords } from "./check-words.ts";
import { factsHtml, findingsHtml, partsHtml } from "./checks-html.ts";
import type { ComposerView } from "./composer-html.ts";

/**
 * What the checks say, with the fields that answer them. The client fetches the findings while one writes; without it
 * they come when the form does. A reason's field is there from the start, so that what is typed in it stays.
 */
export function checksHtml(seat: Seat, view: ComposerView, error: (id: string) => string | undefined): Html {
  const { composition: now, findings } = view;
  const words = checkWords[seat.language];
  return html`<div class="composer-findings" role="status" aria-live="polite" data-composer-checks-target="findings">${
    findings && findingsHtml(findings, now, seat.language)
  }</div>
    ${reasonHtml(seat, view, "personalNumber", error)}
    <div class="composer-facts" data-composer-checks-target="facts">${findings && factsHtml(findings, now, seat.language)}</div>
    ${
      now.to.mode === "edit"
        ? null
        : html`<div class="composer-split" data-composer-checks-target="split">
            ${checkbox({ name: "split", label: words.split, hint: words.splitHint, required: true, checked: now.split }, seat)}
            <div class="composer-parts" data-composer-checks-target="parts">${findings && partsHtml(findings, seat.language)}</div>
          </div>`
    }`;
}

/** Why something may stand that otherwise stops the text. */
export function reasonHtml(
  seat: Seat,
  view: ComposerView,
  check: "personalNumber" | "alternativeText",
  error: (id: string) => string | undefined,
): Html {
  const words = checkWords[seat.language];
  const value = view.composition.exceptions[check];
  const name = `${check}Reason`;
  const wrong = error(name);
  const label = check === "personalNumber" ? words.personalNumberReason : words.alternativeTextReason;
  const stopped =
    check === "alternativeText" && (view.problems ?? []).some((problem) => problem.id.startsWith("alt-"));
  const found = view.findings?.findings.some((finding) => finding.check === check) ?? false;
  const shown = value !== "" || wrong !== undefined || stopped || found;
  return html`<div data-composer-checks-target="reason" data-check="${check}"${shown ? null : html` hidden`}>
    ${field({ name, label, hint: words.reasonHint, required: true, value, maxLength: 500, ...(wrong ? { error: wrong } : {}) }, seat)}
  </div>`;
}
