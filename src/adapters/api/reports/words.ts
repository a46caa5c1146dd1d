import { defineWords } from "#platform/i18n.ts";

/** How a report from an app reads for the moderators. */
export const reportWords = defineWords(
  {
    category: {
      spam: "Skräppost.",
      legal: "Kan vara olagligt.",
      violation: "Bryter mot reglerna.",
      other: "",
    },
    rule: (number: number, title: string) => `Regel ${number}: ${title}.`,
  },
  {
    category: { spam: "Spam.", legal: "May be unlawful.", violation: "Breaks the rules.", other: "" },
    rule: (number: number, title: string) => `Rule ${number}: ${title}.`,
  },
);
