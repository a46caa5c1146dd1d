import { defineWords } from "#platform/i18n.ts";

export const words = defineWords(
  {
    ask: {
      title: "Logga in",
      lead: "Skriv din e-postadress, så får du en länk att logga in med. Inget lösenord behövs.",
      email: "E-postadress",
      emailHint: "Den adress som du är inlagd med, oftast din adress på arbetet.",
      send: "Skicka länk",
      badEmail: "Skriv en e-postadress, som i namn@kommun.se",
    },
    sent: {
      title: "Titta i din e-post",
      lead: "Om adressen finns hos oss har vi skickat en länk till den. Länken fungerar i 15 minuter, en gång.",
      nothing:
        "Har inget kommit efter några minuter? Titta bland skräpposten, eller fråga den som sköter platsen om du är inlagd.",
      again: "Skriv adressen igen",
    },
    announced: {
      title: "Länken står i serverns fönster",
      lead: "Servern har ingen e-post inställd. Om adressen finns hos oss står länken i det fönster där Torg startades. Den fungerar i 15 minuter, en gång.",
      nothing: "Ser du inte fönstret? Fråga den som sköter servern.",
      line: (name: string, link: string) =>
        `Länk för ${name} att logga in med (15 minuter, en gång): ${link}`,
    },
    wait: {
      title: "Vänta en stund",
      lead: "Det har bett om många länkar på kort tid. Inget är skickat nu. Vänta en kvart och försök igen.",
    },
    open: {
      title: "Logga in",
      lead: (name: string, authority: string) => `Du loggar in som ${name} hos ${authority}.`,
      button: "Logga in",
      notYou: "Är det inte du? Stäng sidan. Länken är bara till för den som bad om den.",
    },
    over: {
      title: "Länken fungerar inte längre",
      lead: "Den är använd, eller äldre än 15 minuter. Be om en ny, så kommer den direkt.",
      button: "Be om en ny länk",
    },
    mail: {
      subject: (authority: string) => `Logga in hos ${authority}`,
      text: (name: string, authority: string, link: string) =>
        `Hej ${name}!\n\nHär är din länk för att logga in hos ${authority}:\n\n${link}\n\nLänken fungerar i 15 minuter, en gång. Öppna den och tryck på Logga in.\n\nHar du inte bett om den? Då kan du slänga det här brevet. Ingen kommer in utan länken.\n`,
    },
  },
  {
    ask: {
      title: "Sign in",
      lead: "Write your e-mail address and get a link to sign in with. No password is needed.",
      email: "E-mail address",
      emailHint: "The address you are registered with, usually the one you have at work.",
      send: "Send a link",
      badEmail: "Write an e-mail address, as in name@authority.se",
    },
    sent: {
      title: "Look in your e-mail",
      lead: "If we know the address, we have sent a link to it. The link works for 15 minutes, once.",
      nothing:
        "Has nothing come after a few minutes? Look among the junk mail, or ask whoever runs this place whether you are registered.",
      again: "Write the address again",
    },
    announced: {
      title: "The link is in the server's own window",
      lead: "The server has no e-mail set up. If we know the address, the link stands in the window where Torg was started. It works for 15 minutes, once.",
      nothing: "Can't you see the window? Ask whoever runs the server.",
      line: (name, link) => `Link for ${name} to sign in with (15 minutes, once): ${link}`,
    },
    wait: {
      title: "Wait a while",
      lead: "Many links have been asked for in a short time. Nothing was sent now. Wait a quarter of an hour and try again.",
    },
    open: {
      title: "Sign in",
      lead: (name, authority) => `You are signing in as ${name} at ${authority}.`,
      button: "Sign in",
      notYou: "Not you? Close the page. The link is only for the one who asked for it.",
    },
    over: {
      title: "The link no longer works",
      lead: "It has been used, or is older than 15 minutes. Ask for a new one and it comes at once.",
      button: "Ask for a new link",
    },
    mail: {
      subject: (authority) => `Sign in at ${authority}`,
      text: (name, authority, link) =>
        `Hello ${name},\n\nHere is your link to sign in at ${authority}:\n\n${link}\n\nThe link works for 15 minutes, once. Open it and press Sign in.\n\nDid you not ask for it? Then throw this letter away. Nobody gets in without the link.\n`,
    },
  },
);
