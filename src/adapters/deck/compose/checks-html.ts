import { articleLength, noteLength } from "#domain/posts/check-draft.ts";
import { excerptOf } from "#domain/text/split-text.ts";
import { holidayName } from "#domain/checks/swedish-holidays.ts";
import { html, type Html } from "#platform/html.ts";
import { formatList, formatNumber, type Language } from "#platform/i18n.ts";
import { icon } from "#ui/icon.ts";
import { checkWords } from "./check-words.ts";
import type { Composition } from "./composition.ts";
import type { Finding, Findings } from "./findings.ts";

/** The findings, each by name: two of them stop the text, and say so to whoever hears the page. */
export function findingsHtml(all: Findings, composition: Composition, language: Language): Html {
  return html`${all.findings.map((finding) => findingHtml(finding, composition, language))}`;
}

/** Reading ease and length: quiet, in one row. */
export function factsHtml(all: Findings, composition: Composition, language: Language): Html | null {
  const words = checkWords[language];
  if (composition.text.trim() === "") return null;
  const max = composition.article ? articleLength : noteLength;
  const count = formatNumber(all.characters, language);
  const length =
    composition.text.length > max * 0.9
      ? words.charactersOf(count, formatNumber(max, language))
      : words.characters(count);
  const ease = all.readability;
  const spoken = composition.language ? html`${languageName(composition.language, language)} · ` : null;
  return html`${ease ? html`<span>${words.lix(formatNumber(Math.round(ease.lix), language), words.bands[ease.band])}</span>` : null}<span
      >${spoken}${length}</span
    >`;
}

/** Where a long text is parted: how each part begins, and how long it is. */
export function partsHtml(all: Findings, language: Language): Html | null {
  const words = checkWords[language];
  if (all.parts.length < 2) return null;
  return html`<p>${words.parts(String(all.parts.length))}</p>
    <ol>
      ${all.parts.map((part) => html`<li>${excerptOf(part, 60)} <span class="quiet">${words.characters(formatNumber(part.length, language))}</span></li>`)}
    </ol>`;
}

const ids = {
  personalNumber: "check-personal-number",
  alternativeText: "check-alternative-text",
} as const;

function findingHtml(finding: Finding, composition: Composition, language: Language): Html {
  const words = checkWords[language];
  switch (finding.check) {
    case "personalNumber": {
      const several = finding.found.length > 1 ? "1" : "";
      const body = words.personalNumberBody(formatList(finding.found, language), several);
      return box(words.personalNumber, body, { check: finding.check });
    }
    case "alternativeText":
      return box(words.alternativeText, words.alternativeTextBody(String(finding.missing)), {
        check: finding.check,
      });
    case "contact":
      return box(
        words.contact,
        words.contactBody(
          formatList(
            finding.details.map((detail) => detail.written),
            language,
          ),
        ),
      );
    case "longSentences": {
      const title = finding.sentences.length > 1 ? words.longSentencesMany : words.longSentences;
      const shown = finding.sentences.slice(0, 3).map((sentence) => `”${excerptOf(sentence, 60)}”`);
      return box(title, words.longSentencesBody(formatList(shown, language)));
    }
    case "links":
      return box(words.links, words.linksBody(finding.urls.join(", ")));
    case "time":
      return box(words.time, timeWords(finding.unusual, composition.when !== "", language));
  }
}

function box(title: string, body: string, block?: { check: keyof typeof ids }): Html {
  const mark = block
    ? html`<div class="finding block" id="${ids[block.check]}" data-block="${block.check}">`
    : html`<div class="finding">`;
  return html`${mark}${block ? icon("warn") : icon("info")}<p><strong>${title}${title.endsWith("?") ? null : "."}</strong> ${body}</p></div>`;
}

function timeWords(
  unusual: Extract<Finding, { check: "time" }>["unusual"],
  planned: boolean,
  language: Language,
): string {
  const words = checkWords[language];
  switch (unusual.why) {
    case "holiday": {
      const name = holidayName(unusual.date, language) ?? "";
      return planned ? words.timeHolidayPlanned(name) : words.timeHoliday(name);
    }
    case "weekend":
      return planned ? words.timeWeekendPlanned : words.timeWeekend;
    case "night": {
      const time = unusual.time
        .toString({ smallestUnit: "minute" })
        .replace(":", language === "sv" ? "." : ":");
      return planned ? words.timeNightPlanned(time) : words.timeNight(time);
    }
  }
}

/** "svenska", "English": as the reader calls it in running text. */
function languageName(code: string, language: Language): string {
  try {
    return (
      new Intl.DisplayNames([language === "sv" ? "sv-SE" : "en-GB"], { type: "language" }).of(code) ?? code
    );
  } catch {
    return code;
  }
}
