import { defineWords } from "#platform/i18n.ts";

/** What is said where a second person reads before something goes out. */
export const approvalWords = defineWords(
  {
    title: "Läs innan det går ut",
    lead: (writer: string, account: string) => `${writer} vill att ${account} säger det här.`,
    ways: "Släpp fram det, eller lämna tillbaka det",
    atOnce: "Det går ut så snart du har godkänt.",
    atTime: (time: string) => `Det går ut ${time} om du godkänner.`,
    approve: "Godkänn",
    comment: "Vad behöver ändras?",
    commentHint: "Den som skrev får läsa det.",
    commentMissing: "Skriv vad som behöver ändras.",
    refuse: "Lämna tillbaka",
    own: "Väntar på en kollega",
    ownLead: (account: string) =>
      `Någon annan som får tala för ${account} läser det och släpper fram det. Vill du ändra något, ta tillbaka det först.`,
    bypass: "Publicera utan godkännande",
    bypassHint: "Skälet sparas, och kollegerna ser att ingen har godkänt.",
    bypassReason: "Varför kan det inte vänta?",
    bypassMissing: "Skriv varför det inte kan vänta.",
  },
  {
    title: "Read before it goes out",
    lead: (writer, account) => `${writer} would like ${account} to say this.`,
    ways: "Let it out, or give it back",
    atOnce: "It goes out as soon as you approve.",
    atTime: (time) => `It goes out ${time} if you approve.`,
    approve: "Approve",
    comment: "What needs to be changed?",
    commentHint: "Whoever wrote it reads this.",
    commentMissing: "Write what needs to be changed.",
    refuse: "Give back",
    own: "Waiting for a colleague",
    ownLead: (account) =>
      `Somebody else who may speak for ${account} reads it and lets it out. To change something, take it back first.`,
    bypass: "Publish without approval",
    bypassHint: "The reason is kept, and colleagues see that nobody approved.",
    bypassReason: "Why can it not wait?",
    bypassMissing: "Write why it cannot wait.",
  },
);
