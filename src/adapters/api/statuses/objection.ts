import type { Objection } from "#domain/drafts/publish-draft.ts";
import type { NotSubmitted } from "#domain/drafts/submit-draft.ts";
import { formatList, formatNumber, type Language } from "#platform/i18n.ts";
import { invalid, missing, refuse } from "../answers.ts";
import { statusWords } from "./words.ts";

/** Why something was not published, in a sentence for its writer. */
export function objectionAnswer(objection: Objection | NotSubmitted, language: Language): Response {
  const words = statusWords[language];
  switch (objection.outcome) {
    case "empty":
    case "title-missing":
    case "reason-missing":
      return invalid(words.empty);
    case "too-long":
      return invalid(words.tooLong(formatNumber(objection.max, language)));
    case "alternative-text-missing":
      return invalid(words.altMissing);
    case "personal-number":
      return invalid(words.personalNumber(formatList(objection.found, language)));
    case "unknown-picture":
      return invalid(words.unknownPicture);
    case "nobody-addressed":
      return invalid(words.nobodyAddressed);
    case "parent-missing":
      return refuse(404, words.parentMissing);
    case "not-ours":
      return missing();
    case "changed":
    case "thread-changed":
      return invalid(words.changed);
    case "time-missing":
      return invalid(words.timeMissing);
    case "time-passed":
      return invalid(words.timePassed);
    case "bypass-reason-missing":
    case "failed":
      throw new Error(`an app's post came to ${objection.outcome}`);
  }
}
