import { html, type Html } from "#platform/html.ts";
import { button } from "#ui/controls.ts";
import { field } from "#ui/form.ts";
import { icon } from "#ui/icon.ts";
import { cannedLink } from "../care-rules/canned-link.ts";
import { deckPath, type Seat } from "../seat.ts";
import type { Composition } from "./composition.ts";
import { composeWords } from "./words.ts";

/** Publish, or plan; where the account asks for a second pair of eyes, ask for them. Preview and keeping stand beside. */
export function sendFields(
  seat: Seat,
  now: Composition,
  error: (id: string) => string | undefined,
  kept: string | undefined,
): Html {
  const words = composeWords[seat.language];
  const { mode } = now.to;
  const approval = seat.accounts.some((account) => account.id === now.account && account.approval);
  const label = mode === "edit" ? words.save : mode === "reply" ? words.publishReply : words.publish;
  return html`${approval ? bypassFields(seat, now.bypassReason, error) : null}
    <div class="composer-aside">
      <button
        class="button text"
        type="submit"
        name="step"
        value="preview"
        formaction="${deckPath(seat, "/deck/compose/preview")}"
        data-action="composer-preview#show"
      >
        ${icon("show")}<span>${words.preview}</span></button
      >${button({ label: words.saveDraft, look: "text", name: "step", value: "draft" })}${
        now.to.mode === "reply" ? cannedLink(seat, { post: now.to.post, account: now.account }) : null
      }
    </div>
    <div class="composer-foot">
      <div class="composer-send">
        ${
          approval
            ? button({
                label: words.ask,
                icon: "send",
                name: "step",
                value: "ask",
                describedBy: "composer-ask",
              })
            : button({
                label,
                icon: "send",
                name: "step",
                value: "publish",
                data: { now: words.now },
              })
        }${planFields(seat, now, error)}
      </div>
      ${approval ? html`<p class="composer-state" id="composer-ask">${words.askHint}</p>` : null}
      <p class="composer-state" data-composer-draft-target="state">${kept}</p>
    </div>`;
}

/** The button opens the field, with or without script. */
function planFields(seat: Seat, now: Composition, error: (id: string) => string | undefined): Html {
  const words = composeWords[seat.language];
  const wrong = error("when");
  const open = now.when !== "" || wrong !== undefined;
  return html`<details class="composer-plan" data-composer-send-target="plan" data-action="toggle->composer-send#planned"${open ? html` open` : null}>
    <summary class="button plain">${icon("calendar")}<span>${words.plan}</span></summary>
    <div class="composer-plan-fields">
      ${field(
        {
          name: "when",
          type: "datetime-local",
          label: words.when,
          hint: words.whenHint(seat.site.authority.zone),
          required: true,
          value: now.when,
          data: { "composer-send-target": "when" },
          ...(wrong ? { error: wrong } : {}),
        },
        seat,
      )}${button({ label: words.planAt, icon: "clock", name: "step", value: "schedule", data: { "composer-send-target": "schedule" } })}
    </div>
  </details>`;
}

function bypassFields(seat: Seat, reason: string, error: (id: string) => string | undefined): Html {
  const words = composeWords[seat.language];
  const wrong = error("bypassReason");
  return html`<details class="composer-bypass"${wrong || reason ? html` open` : null}>
    <summary>${words.bypass}</summary>
    ${field({ name: "bypassReason", label: words.bypassReason, hint: words.bypassHint, required: true, value: reason, maxLength: 300, ...(wrong ? { error: wrong } : {}) }, seat)}${button(
      { label: words.bypass, look: "plain", name: "step", value: "bypass" },
    )}
  </details>`;
}
