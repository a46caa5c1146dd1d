import { defineWords } from "#platform/i18n.ts";

/** What is said of colleagues in the same thread; `{name}` and `{count}` are filled in by the client. */
export const presenceWords = defineWords(
  {
    reading: "{name} läser",
    readingMore: "{name} och {count} till läser",
    writing: "{name} skriver ett svar",
    writingMore: "{name} och {count} till skriver svar",
    beware: "{name} skriver också ett svar här. Prata ihop er, så att svaret ges en gång.",
    bewareMore: "{name} och {count} till skriver också svar här. Prata ihop er, så att svaret ges en gång.",
  },
  {
    reading: "{name} is reading",
    readingMore: "{name} and {count} more are reading",
    writing: "{name} is writing an answer",
    writingMore: "{name} and {count} more are writing answers",
    beware: "{name} is writing an answer here too. Agree on who answers, so that it is answered once.",
    bewareMore:
      "{name} and {count} more are writing answers here too. Agree on who answers, so that it is answered once.",
  },
);
