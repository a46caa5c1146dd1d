import { defineWords } from "#platform/i18n.ts";

export const guardWords = defineWords(
  {
    signedOut:
      "Du är utloggad. Ingenting har sparats eller skickats. Logga in i en ny flik, gå sedan tillbaka hit och försök igen: det du skrev står kvar.",
    notGranted:
      "Du får inte tala för det kontot. Ingenting har ändrats. Den som administrerar platsen kan ge dig rätten.",
    role: {
      admin: "Det här får bara administratörer göra. Ingenting har ändrats.",
      moderator: "Det här får bara moderatorer göra. Ingenting har ändrats.",
    },
  },
  {
    signedOut:
      "You are signed out. Nothing was saved or sent. Sign in in a new tab, then come back here and try again: what you wrote is still there.",
    notGranted:
      "You may not speak for that account. Nothing was changed. Whoever administers this place can grant it to you.",
    role: {
      admin: "Only administrators may do this. Nothing was changed.",
      moderator: "Only moderators may do this. Nothing was changed.",
    },
  },
);
