import { defineWords } from "#platform/i18n.ts";

/** What the instance says of itself to people, in the authority's first language. */
export const instanceWords = defineWords(
  {
    description: (name: string) =>
      `Här talar ${name}. Den som vill kan läsa, följa och svara från sin egen server.`,
    closed: (name: string) =>
      `<p>Allmänheten kan inte skapa konton här. ${name} lägger själv upp de kollegor och roller som talar för myndigheten. Du kan följa och svara härifrån med ett konto på en annan server.</p>`,
    refused:
      "Det går inte att skapa konton här med en app. En administratör lägger till den som ska tala för myndigheten.",
    about: (name: string, about: string, guidelines: string) =>
      `<p>${name} talar och svarar här som myndighet.</p><p><a href="${about}">Om torget</a></p><p><a href="${guidelines}">Reglerna för samtalet</a></p>`,
    privacy: (address: string) =>
      `<p>Hur personuppgifter behandlas här, och vilka rättigheter du har, står på sidan <a href="${address}">Om personuppgifter</a>.</p>`,
    picture: (name: string) => `Märket för ${name}`,
  },
  {
    description: (name: string) =>
      `${name} speaks here. Anyone may read, follow and answer from a server of their own.`,
    closed: (name: string) =>
      `<p>The public cannot create accounts here. ${name} itself adds the colleagues and offices that speak for it. You can follow and answer with an account on another server.</p>`,
    refused:
      "Accounts cannot be created here with an app. An administrator adds those who are to speak for the authority.",
    about: (name: string, about: string, guidelines: string) =>
      `<p>${name} speaks and answers here as a public body.</p><p><a href="${about}">About this square</a></p><p><a href="${guidelines}">The rules of conversation</a></p>`,
    privacy: (address: string) =>
      `<p>How personal data is handled here, and which rights you have, is on the page <a href="${address}">About personal data</a>.</p>`,
    picture: (name: string) => `The mark of ${name}`,
  },
);
