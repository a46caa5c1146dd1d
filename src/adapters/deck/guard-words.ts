import { defineWords } from "#platform/i18n.ts";

export const guardWords = defineWords(
  {
    signedOut:
      "Du är utloggad. Ingenting har sparats eller skickats. Logga in i en ny flik, gå sedan tillbaka hit och försök igen: det du skrev står kvar.",
    notGranted:
      "Du får inte tala för det kontot. Ingenting har ändrats. Den som administrerar platsen kan ge dig rätten.",
    tooFast: "Det kom för mycket från dig på en gång. Ingenting har ändrats. Vänta en minut och försök igen.",
    tooMuch: "Det är för mycket text. Ingenting har sparats eller skickats. Korta den och försök igen.",
    signIn: "Logga in i en ny flik",
    missing: {
      title: "Här finns inget att visa",
      lead: "Det är borttaget, eller inte till för dig, eller så är adressen felskriven. Ingenting har ändrats.",
    },
    role: {
      admin:
        "Det här får bara administratörer göra. Ingenting har ändrats. Be en av dem om hjälp, eller om att få bli administratör.",
      moderator:
        "Det här får bara moderatorer göra. Ingenting har ändrats. Den som administrerar platsen kan ge dig den rollen.",
    },
  },
  {
    signedOut:
      "You are signed out. Nothing was saved or sent. Sign in in a new tab, then come back here and try again: what you wrote is still there.",
    notGranted:
      "You may not speak for that account. Nothing was changed. Whoever administers this place can grant it to you.",
    tooFast: "Too much came from you at once. Nothing was changed. Wait a minute and try again.",
    tooMuch: "That is too much text. Nothing was saved or sent. Shorten it and try again.",
    signIn: "Sign in in a new tab",
    missing: {
      title: "There is nothing to show here",
      lead: "It has been removed, or is not meant for you, or the address is misspelt. Nothing was changed.",
    },
    role: {
      admin:
        "Only administrators may do this. Nothing was changed. Ask one of them for help, or to become one.",
      moderator:
        "Only moderators may do this. Nothing was changed. Whoever administers this place can give you that role.",
    },
  },
);
