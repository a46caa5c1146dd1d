import type { Edited } from "#domain/posts/edit-post.ts";
import type { Published } from "#domain/posts/publish-post.ts";
import { formatList, formatNumber, type Language } from "#platform/i18n.ts";
import type { Problem } from "./composer-html.ts";
import { composeWords } from "./words.ts";

type Objection = Exclude<Published | Edited, { outcome: "published" } | { outcome: "edited" }>;

/** What the composer says when something may not be published, at the field where it can be mended. */
export function problemsOf(
  objection: Objection,
  language: Language,
): { problems?: Problem[]; trouble?: string } {
  const words = composeWords[language].errors;
  const at = (id: string, message: string) => ({ problems: [{ id, message }] });
  switch (objection.outcome) {
    case "empty":
      return at("text", words.empty);
    case "too-long":
      return at("text", words.tooLong(formatNumber(objection.max, language)));
    case "title-missing":
      return at("title", words.titleMissing);
    case "alternative-text-missing":
      return at(`alt-${objection.media}`, words.altMissing);
    case "personal-number":
      return at("personalNumberReason", words.personalNumber(formatList(objection.found, language)));
    case "unknown-picture":
      return at(`alt-${objection.media}`, words.unknownPicture);
    case "nobody-addressed":
      return at("text", words.nobodyAddressed);
    case "reason-missing":
      return at("reason", words.reasonMissing);
    case "parent-missing":
      return { trouble: words.parentMissing };
    case "changed":
      return { trouble: words.changed };
    case "not-ours":
      return { trouble: words.notOurs };
  }
}
