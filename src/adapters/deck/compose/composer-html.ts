import type { Media } from "#domain/media/media.ts";
import { html, type Html } from "#platform/html.ts";
import { languageNames, languages } from "#platform/i18n.ts";
import { newSecret } from "#platform/secret.ts";
import { button, notice } from "#ui/controls.ts";
import { checkbox, errorSummary, field, select, textarea } from "#ui/form.ts";
import { icon } from "#ui/icon.ts";
import { deckPath, type Seat } from "../seat.ts";
import { deckWords } from "../words.ts";
import { capacities, mostPictures, usualCapacity, visibilities, type Composition } from "./composition.ts";
import { pictureField } from "./picture-field.ts";
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
    data-controller="composer"
    data-composer-key-value="${draftKey(seat, now)}"
    data-composer-capacities-value="${capacitiesByAccount(seat)}"
    data-composer-media-value="${deckPath(seat, "/deck/media")}"
    data-action="submit->composer#publish input->composer#keep change->composer#change keydown->composer#key"
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
    ${trouble(view, seat)}<input type="hidden" name="once" value="${now.once || newSecret()}" />${now.to.mode === "reply" ? html`<input type="hidden" name="inReplyTo" value="${now.to.post}" />` : null}${accountField(seat, now)}${
      mode === "edit" ? reasonField(seat, now, error("reason")) : null
    }${textarea({ name: "text", label: words.text, required: true, value: now.text, rows: 5, error: error("text"), data: { "composer-target": "text" } }, seat)}
    ${pictures(seat, view, error)}${mode === "edit" ? null : audience(seat, now)}${moreFields(seat, now, error)}
    <div class="composer-send">
      ${button({ label: mode === "edit" ? words.save : mode === "reply" ? words.publishReply : words.publish, icon: "send", name: "step", value: "publish" })}
    </div>
    <p class="small quiet" data-composer-target="state"></p>
  </form>`;
}

/** Drafts of different posts and people must not overwrite each other in the browser. */
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

function accountField(seat: Seat, now: Composition): Html {
  const words = composeWords[seat.language];
  const editing = now.to.mode === "edit";
  if (editing || seat.accounts.length === 1) {
    const name = seat.accounts.find((account) => account.id === now.account)?.name;
    return html`<input type="hidden" name="account" value="${now.account}" />
      <p class="composer-as">${editing ? words.editAs : words.as} <strong>${name}</strong></p>`;
  }
  return select(
    {
      name: "account",
      id: "composer-account",
      label: words.as,
      required: true,
      value: now.account,
      choices: seat.accounts.map((account) => ({ value: account.id, label: account.name })),
    },
    seat,
  );
}

function reasonField(seat: Seat, now: Composition, error: string | undefined): Html {
  const words = composeWords[seat.language];
  return html`<input type="hidden" name="version" value="${now.version}" />${field(
    {
      name: "reason",
      label: words.reason,
      hint: words.reasonHint,
      required: true,
      value: now.reason,
      maxLength: 300,
      error,
    },
    seat,
  )}`;
}

function pictures(seat: Seat, view: ComposerView, error: (id: string) => string | undefined): Html {
  const words = composeWords[seat.language];
  const { pictures } = view.composition;
  return html`<div class="composer-pictures" data-composer-target="pictures">
      ${pictures.map((picture) => pictureField(seat, picture, view.media.get(picture.media), error(`alt-${picture.media}`)))}
    </div>
    ${
      pictures.length < mostPictures
        ? html`<div class="composer-add" data-composer-target="add">
            ${field({ name: "file", label: words.picture, type: "file", accept: "image/*", error: error("file"), data: { "composer-target": "file" } }, seat)}${button(
              {
                label: words.addPicture,
                look: "plain",
                icon: "image",
                name: "step",
                value: "add-picture",
                data: { action: "composer#choosePicture" },
              },
            )}
          </div>`
        : null
    }`;
}

function audience(seat: Seat, now: Composition): Html {
  const words = composeWords[seat.language];
  return html`<div class="composer-row">
    ${select({ name: "visibility", label: words.visibility, required: true, value: now.visibility, choices: visibilities.map((value) => ({ value, label: words.visibilities[value] })) }, seat)}${select(
      {
        name: "capacity",
        label: words.capacity,
        required: true,
        value: now.capacity,
        choices: capacities.map((value) => ({ value, label: words.capacities[value] })),
      },
      seat,
    )}
  </div>`;
}

function moreFields(seat: Seat, now: Composition, error: (id: string) => string | undefined): Html {
  const words = composeWords[seat.language];
  const open = now.article || now.title !== "" || now.warning !== "" || error("title") !== undefined;
  const fixed = now.to.mode === "edit";
  return html`<details class="composer-more"${open ? html` open` : null}>
    <summary>${words.more}</summary>
    ${
      fixed
        ? html`<input type="hidden" name="article" value="${now.article ? "1" : ""}" />`
        : checkbox({ name: "article", label: words.article, required: true, checked: now.article }, seat)
    }${
      fixed && !now.article
        ? null
        : field(
            {
              name: "title",
              label: words.title,
              hint: words.titleHint,
              value: now.title,
              maxLength: 300,
              error: error("title"),
            },
            seat,
          )
    }${field({ name: "warning", label: words.warning, hint: words.warningHint, value: now.warning, maxLength: 300 }, seat)}${select(
      {
        name: "language",
        label: words.language,
        required: true,
        value: now.language,
        choices: languageChoices(now.language),
      },
      seat,
    )}
  </details>`;
}

function languageChoices(current: string) {
  const known = languages.map((value) => ({ value: value as string, label: languageNames[value] }));
  return current === "" || known.some((one) => one.value === current)
    ? known
    : [...known, { value: current, label: current }];
}

/** What a person without a single grant sees instead. */
export function noGrantHtml(seat: Seat): Html {
  const words = deckWords[seat.language].noGrant;
  return html`<div class="composer" id="composer">${notice({ tone: "info", title: words.title, body: words.body }, seat)}</div>`;
}
