import type { CareChange } from "#domain/care/care-history.ts";
import type { Language } from "#platform/i18n.ts";
import { careWords } from "./words.ts";

/** What was done with a thread, as a sentence. */
export function describeChange(
  language: Language,
  change: CareChange,
  names: ReadonlyMap<string, string>,
): string {
  const words = careWords[language].history;
  const by = change.personName ?? words.somebody;
  switch (change.kind) {
    case "care-opened":
    case "care-reopened":
    case "care-joined":
    case "care-overdue":
      return words[change.kind];
    case "care-answered":
      return words["care-answered"](change.personName ?? "");
    case "care-noted":
      return change.undo ? words["note-withdrawn"](by) : words["care-noted"](by);
  }
  if (change.undo) return words.undone(by);
  const { after } = change;
  if (!after) return change.person ? words.other(by) : words.gone;
  switch (change.kind) {
    case "care-assigned": {
      if (!after.person && !after.account) return words.unassigned(by);
      if (after.person === change.person) return words.took(by);
      return words.assigned(by, names.get(after.person ?? after.account ?? "") ?? words.somebodyElse);
    }
    case "care-status-changed":
      return words.status(by, careWords[language].status[after.status]);
    case "care-tagged":
      return words.tagged(by, after.tags.join(", "));
    default:
      return words.other(change.personName ?? "");
  }
}
