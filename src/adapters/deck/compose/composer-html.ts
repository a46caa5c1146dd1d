import type { Media } from "#domain/media/media.ts";
import { html, type Html } from "#platform/html.ts";
import { newSecret } from "#platform/secret.ts";
import { notice } from "#ui/controls.ts";
import { errorSummary, field, textarea } from "#ui/form.ts";
import { icon } from "#ui/icon.ts";
import { deckPath, type Seat } from "../seat.ts";
import { deckWords } from "../words.ts";
import { accountField, audience, moreFields } from "./audience-fields.ts";
import { checksHtml } from "./check-fields.ts";
import { usualCapacity } from "#domain/posts/usual-capacity.ts";
import type { Composition } from "./composition.ts";
import { composerLiveWords } from "./composer-live-words.ts";
import type { Findings } from "./findings.ts";
import { pictureFields, pictureTools } from "./picture-field.ts";
import { sendFields } from "./send-fields.ts";
import { composeWords } from "./words.ts";

/** The id of a field and what is wrong with it. */
export type Problem = { id: string; message: string };
export type ComposerView = {
  composition: Composition;
  /** Who wrote the post that is answered. */
  parentName?: string | undefined;
  media: ReadonlyMap<string, Media>;
  problems?: readonly Problem[];
  /** The kinds of trouble that no single field has. */
  trouble?: string | undefined;
  /** What happened in the conversation since the answer was begun; stands above the form's fields. */
  changed?: Html | undefined;
  /** What the checks said, where the text has been read. */
  findings?: Findings | undefined;
  /** The conversation that is answered in. */
  thread?: string | undefined;
  /** What is said of the draft to begin with: when it was kept. */
  kept?: string | undefined;
};

/** The form that writes: a new post, a reply, or a new version. Works as it is; the client adds comfort. */
export function composerHtml(seat: Seat, view: ComposerView): Html {
  const { composition: now, problems = [] } = view;
  const words = composeWords[seat.language];
  const { mode } = now.to;
  const error = (id: string) => problems.find((problem) => problem.id === id)?.message;
  const title =
    mode === "edit" ? words.edit : mode === "reply" ? words.reply(view.parentName ?? "") : words.new;
  const actionPath = now.to.mode === "edit" ? `/deck/posts/${now.to.post}/edit` : "/deck/posts";
  return html`<form
    class="composer"
    id="composer"
    method="post"
    action="${deckPath(seat, actionPath)}"
    enctype="multipart/form-data"
    novalidate
    aria-labelledby="composer-title"
    ${clientData(seat, view)}
  >
    ${/* The first button is what Enter in a field presses. */ null}<button type="submit" name="step" value="publish" hidden></button>
    <header>
      <h2 id="composer-title">${title}</h2>
      ${mode === "new" ? null : html`<a class="button text" href="${deckPath(seat, "/deck")}" data-action="composer#cancel">${words.cancel}</a>`}<a
        class="composer-close"
        href="#deck"
        data-action="composer#close"
        >${icon("close", words.close)}</a
      >
    </header>
    ${trouble(view, seat)}${view.changed ?? null}${hiddenFields(now)}${accountField(seat, now)}${
      mode === "edit" ? reasonField(seat, now, error("reason")) : null
    }
    <div class="composer-text" data-composer-complete-target="field">
      ${textarea({ name: "text", label: words.text, required: true, value: now.text, rows: 5, error: error("text"), ...(now.language ? { language: now.language } : {}), data: textData }, seat)}
    </div>
    ${pictureTools(seat, now, error("file"))}${checksHtml(seat, view, error)}${pictureFields(seat, view, error)}${
      mode === "edit" ? null : audience(seat, now)
    }${moreFields(seat, now, error)}${sendFields(seat, now, error, view.kept)}
    <p class="visually-hidden" role="status" data-composer-target="said"></p>
  </form>`;
}

const textData = {
  "composer-target": "text",
  "composer-complete-target": "text",
  "composer-checks-target": "text",
  action:
    "input->composer-complete#type keydown->composer-complete#key blur->composer-complete#close click->composer-complete#close paste->composer-pictures#paste",
};

/** What the controllers begin with. */
function clientData(seat: Seat, view: ComposerView): Html {
  const { composition: now } = view;
  const path = (to: string) => deckPath(seat, to);
  return html`data-controller="composer composer-send composer-draft composer-checks composer-complete composer-pictures composer-emoji composer-preview"
    data-composer-capacities-value="${capacitiesByAccount(seat)}" data-composer-words-value="${JSON.stringify(composerLiveWords[seat.language])}"
    data-composer-pictures-url-value="${path("/deck/media")}" data-composer-draft-url-value="${path("/deck/drafts")}"
    data-composer-draft-key-value="${draftKey(seat, now)}" data-composer-checks-url-value="${path("/deck/compose/checks")}"
    data-composer-complete-url-value="${path("/deck/compose/complete")}" data-composer-emoji-url-value="${path("/deck/compose/complete")}"
    data-composer-preview-url-value="${path("/deck/compose/preview")}"${view.thread ? html` data-thread="${view.thread}"` : null}
    data-action="submit->composer-send#send keydown->composer-send#key input->composer-draft#typed change->composer-draft#typed input->composer-checks#typed change->composer-checks#typed change->composer#change composer:taken->composer-draft#forget dragover->composer-pictures#over dragleave->composer-pictures#leave drop->composer-pictures#drop"`;
}

function hiddenFields(now: Composition): Html {
  const { to } = now;
  return html`<input type="hidden" name="once" value="${now.once || newSecret()}" /><input type="hidden" name="seen" value="${now.seen}" />${
    to.mode === "reply" ? html`<input type="hidden" name="inReplyTo" value="${to.post}" />` : null
  }${to.mode === "edit" ? html`<input type="hidden" name="editing" value="${to.post}" /><input type="hidden" name="version" value="${now.version}" />` : null}`;
}

/** What is kept in the browser while the server cannot be reached must not mix posts and people. */
function draftKey(seat: Seat, now: Composition): string {
  return `${seat.person} ${now.to.mode === "new" ? "new" : `${now.to.mode}-${now.to.post}`}`;
}

/** Choosing another account changes the capacity with it. */
function capacitiesByAccount(seat: Seat): string {
  return JSON.stringify(
    Object.fromEntries(seat.accounts.map((account) => [account.id, usualCapacity(account)])),
  );
}

function trouble(view: ComposerView, seat: Seat): Html | null {
  const { problems = [] } = view;
  const words = composeWords[seat.language];
  if (view.trouble) return notice({ tone: "error", title: view.trouble, body: words.kept, live: true }, seat);
  if (problems.length === 0) return null;
  return html`${errorSummary(problems, seat)}<p class="small">${words.kept}</p>`;
}

function reasonField(seat: Seat, now: Composition, error: string | undefined): Html {
  const words = composeWords[seat.language];
  return field(
    {
      name: "reason",
      label: words.reason,
      hint: words.reasonHint,
      required: true,
      value: now.reason,
      maxLength: 300,
      ...(error ? { error } : {}),
    },
    seat,
  );
}

/** What a person without a single grant sees instead. */
export function noGrantHtml(seat: Seat): Html {
  const words = deckWords[seat.language].noGrant;
  return html`<div class="composer" id="composer">${notice({ tone: "info", title: words.title, body: words.body }, seat)}</div>`;
}
