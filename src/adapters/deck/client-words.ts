import { defineWords } from "#platform/i18n.ts";

/** What the deck's own script says about columns; `{…}` is filled in there. */
export const clientWords = defineWords(
  {
    older: "Äldre",
    newer: "Nyare",
    toNewest: "Till det nyaste",
    continueReading: "Fortsätt där du slutade läsa",
    moved: "{column} är nu kolumn {place} av {count}.",
    removed: "{column} är borttagen.",
    undo: "Ångra",
    noticesRefused:
      "Webbläsaren visar inga aviseringar härifrån. Du kan ändra det i webbläsarens inställningar.",
  },
  {
    older: "Older",
    newer: "Newer",
    toNewest: "To the newest",
    continueReading: "Go on where you stopped reading",
    moved: "{column} is now column {place} of {count}.",
    removed: "{column} is removed.",
    undo: "Undo",
    noticesRefused: "The browser shows no notices from here. You can change that in the browser’s settings.",
  },
);
