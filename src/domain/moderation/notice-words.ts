import { defineWords } from "#platform/i18n.ts";

/** What the author of a post that was hidden, or is shown again, is told. */
export const noticeWords = defineWords(
  {
    hidden: (authority: string) =>
      `${authority} har dolt ett inlägg som du har skrivit. Det visas inte längre på våra sidor.`,
    shown: (authority: string) => `${authority} visar igen ett inlägg som du har skrivit och som var dolt.`,
    which: (link: string) => `Inlägget: ${link}`,
    rule: (number: string, title: string) => `Regel ${number}: ${title}`,
    reason: (reason: string) => `Skäl: ${reason}`,
    appeal:
      "Håller du inte med kan du begära att vi prövar det igen: svara på det här meddelandet och säg varför.",
    appealByMail: (email: string) =>
      `Håller du inte med kan du begära att vi prövar det igen: svara på det här meddelandet eller skriv till ${email}, och säg varför.`,
    guidelines: (link: string) => `Våra regler och hur det går till: ${link}`,
  },
  {
    hidden: (authority) =>
      `${authority} has hidden a post that you wrote. It is no longer shown on our pages.`,
    shown: (authority) => `${authority} again shows a post that you wrote and that was hidden.`,
    which: (link) => `The post: ${link}`,
    rule: (number, title) => `Rule ${number}: ${title}`,
    reason: (reason) => `Reason: ${reason}`,
    appeal: "If you do not agree you can ask us to consider it again: answer this message and say why.",
    appealByMail: (email) =>
      `If you do not agree you can ask us to consider it again: answer this message or write to ${email}, and say why.`,
    guidelines: (link) => `Our rules and how it works: ${link}`,
  },
);
