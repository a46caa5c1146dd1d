import { defineWords } from "#platform/i18n.ts";

/** What a device shows before its app is opened. */
export const pushWords = defineWords(
  {
    title: {
      mention: (who: string) => `${who} skrev till er`,
      reblog: (who: string) => `${who} delade ert inlägg`,
      favourite: (who: string) => `${who} gillade ert inlägg`,
      follow: (who: string) => `${who} följer er nu`,
      follow_request: (who: string) => `${who} vill följa er`,
      status: (who: string) => `${who} skrev ett inlägg`,
      update: (who: string) => `${who} ändrade ett inlägg`,
    },
    other: "En ny notis",
    inConfidence: "Öppna appen för att läsa.",
  },
  {
    title: {
      mention: (who: string) => `${who} wrote to you`,
      reblog: (who: string) => `${who} shared your post`,
      favourite: (who: string) => `${who} liked your post`,
      follow: (who: string) => `${who} now follows you`,
      follow_request: (who: string) => `${who} wants to follow you`,
      status: (who: string) => `${who} wrote a post`,
      update: (who: string) => `${who} edited a post`,
    },
    other: "A new notification",
    inConfidence: "Open the app to read it.",
  },
);
