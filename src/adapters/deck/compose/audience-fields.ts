import { html, type Html } from "#platform/html.ts";
import { languageNames, languages } from "#platform/i18n.ts";
import { checkbox, field, select } from "#ui/form.ts";
import type { Seat } from "../seat.ts";
import { capacities, visibilities, type Composition } from "./composition.ts";
import { composeWords } from "./words.ts";

/** As which account; a new version keeps it. */
export function accountField(seat: Seat, now: Composition): Html {
  const words = composeWords[seat.language];
  if (now.to.mode === "edit" || seat.accounts.length === 1) {
    const name = seat.accounts.find((account) => account.id === now.account)?.name;
    const label = now.to.mode === "edit" ? words.editAs : words.as;
    return html`<input type="hidden" name="account" value="${now.account}" />
      <p class="composer-as">${label} <strong>${name}</strong></p>`;
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

function capacityField(seat: Seat, now: Composition): Html {
  const words = composeWords[seat.language];
  return select(
    {
      name: "capacity",
      label: words.capacity,
      required: true,
      value: now.capacity,
      choices: capacities.map((value) => ({ value, label: words.capacities[value] })),
    },
    seat,
  );
}

/** Who sees it, and in what capacity it speaks. */
export function audience(seat: Seat, now: Composition): Html {
  const words = composeWords[seat.language];
  return html`<div class="composer-row">
    ${select(
      {
        name: "visibility",
        label: words.visibility,
        required: true,
        value: now.visibility,
        choices: visibilities.map((value) => ({ value, label: words.visibilities[value] })),
      },
      seat,
    )}${capacityField(seat, now)}
  </div>`;
}

function languageField(seat: Seat, now: Composition): Html {
  return select(
    {
      name: "language",
      label: composeWords[seat.language].language,
      required: true,
      value: now.language,
      choices: languageChoices(now.language),
    },
    seat,
  );
}

/** What most posts do without: being an article, a title, a warning. */
export function moreFields(seat: Seat, now: Composition, error: (id: string) => string | undefined): Html {
  const words = composeWords[seat.language];
  const titleError = error("title");
  const open = now.article || now.title !== "" || now.warning !== "" || titleError !== undefined;
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
              ...(titleError ? { error: titleError } : {}),
            },
            seat,
          )
    }${field({ name: "warning", label: words.warning, hint: words.warningHint, value: now.warning, maxLength: 300 }, seat)}${languageField(seat, now)}
  </details>`;
}

function languageChoices(current: string) {
  const known = languages.map((value) => ({ value: value as string, label: languageNames[value] }));
  return current === "" || known.some((one) => one.value === current)
    ? known
    : [...known, { value: current, label: current }];
}
