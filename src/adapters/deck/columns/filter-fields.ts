import type { Filters } from "#domain/decks/deck.ts";
import type { Capacity } from "#domain/posts/post.ts";
import { html, type Html } from "#platform/html.ts";
import type { Language } from "#platform/i18n.ts";
import { checkbox, field } from "#ui/form.ts";
import { columnPageWords } from "./page-words.ts";

/** Those most written in Sweden, by number of speakers, the national minority languages among them. */
const offered = [
  "sv",
  "en",
  "fi",
  "se",
  "smj",
  "sma",
  "fit",
  "rom",
  "yi",
  "ar",
  "so",
  "fa",
  "uk",
  "pl",
  "de",
  "da",
  "nb",
];
const capacities: readonly Capacity[] = ["authority", "office", "personal"];
const networks = ["fediverse"] as const;

export function filterFields(filters: Filters, language: Language): Html {
  const words = columnPageWords[language];
  const reader = { language };
  const names = new Intl.DisplayNames([language], { type: "language" });
  const codes = [...new Set([...offered, ...(filters.languages ?? [])])];
  return html`<fieldset class="field filters">
    <legend class="label">${words.filters}</legend>
    <div class="hint">${words.filtersLead}</div>
    <div class="choices">
      ${checkbox({ name: "unanswered", label: words.unanswered, checked: filters.unanswered === true }, reader)}
      ${checkbox({ name: "withMedia", label: words.withMedia, checked: filters.withMedia === true }, reader)}
    </div>
    ${field({ name: "words", label: words.words, hint: words.wordsHint, value: filters.words ?? "", maxLength: 300 }, reader)}
    ${field({ name: "without", label: words.without, hint: words.withoutHint, value: filters.without ?? "", maxLength: 300 }, reader)}
    ${boxes(
      "capacities",
      words.capacities,
      capacities.map((value) => ({ value, label: words.capacityNames[value] })),
      filters.capacities,
      language,
    )}${boxes(
      "networks",
      words.networks,
      networks.map((value) => ({ value, label: words.networkNames[value] })),
      filters.networks,
      language,
    )}${boxes(
      "languages",
      words.languages,
      codes.map((value) => ({ value, label: names.of(value) ?? value })),
      filters.languages,
      language,
    )}
  </fieldset>`;
}

/** What the fields say; what is left empty is no filter. */
export function filtersIn(form: FormData): Filters {
  const all = (name: string) => form.getAll(name).filter((value) => typeof value === "string");
  const text = (name: string) => all(name)[0]?.trim().slice(0, 300) ?? "";
  const languages = some(all("languages").filter((code) => /^[a-z]{2,3}$/.test(code)));
  const senders = capacities.filter((one) => all("capacities").includes(one));
  const chosen = some(all("networks").filter((one) => /^[a-z-]{2,30}$/.test(one)));
  return {
    ...(languages.length > 0 ? { languages } : {}),
    ...(chosen.length > 0 ? { networks: chosen } : {}),
    ...(senders.length > 0 ? { capacities: senders } : {}),
    ...(all("unanswered").length > 0 ? { unanswered: true } : {}),
    ...(all("withMedia").length > 0 ? { withMedia: true } : {}),
    ...(text("words") ? { words: text("words") } : {}),
    ...(text("without") ? { without: text("without") } : {}),
  };
}

const most = 50;

/** Once each, and no more than anybody ticks. */
function some(values: readonly string[]): string[] {
  return [...new Set(values)].slice(0, most);
}

function boxes(
  name: string,
  legend: string,
  choices: readonly { value: string; label: string }[],
  chosen: readonly string[] = [],
  language: Language,
): Html {
  return html`<fieldset class="field">
    <legend class="label">${legend}</legend>
    <div class="choices in-columns">
      ${choices.map(({ value, label }) =>
        checkbox(
          { name, id: `${name}-${value}`, value, label, checked: chosen.includes(value) },
          { language },
        ),
      )}
    </div>
  </fieldset>`;
}
