import { defineWords } from "#platform/i18n.ts";

export const words = defineWords(
  {
    title: "Personer",
    lead: "De som får logga in. Att tala för ett konto ges konto för konto.",
    person: "Person",
    may: "Får sköta",
    speaksFor: "Talar för",
    roles: {
      admin: { label: "platsen", hint: "Personer, konton, inställningar." },
      moderator: { label: "moderering", hint: "Anmälningar, dölja, blockera." },
    },
    add: "Lägg in en person",
    addButton: "Lägg in",
    name: "Namn",
    nameMissing: "Skriv namnet",
    email: "E-postadress",
    emailHint: "Personen loggar in med en länk till adressen.",
    badEmail: "Skriv en e-postadress, som i namn@kommun.se",
    emailTaken: "Någon är redan inlagd med den adressen",
    save: "Spara",
    link: "Länk att logga in med",
    linkWhy:
      "För den som inte får e-post: gör en länk och lämna över den. Det står i journalen att du gjorde den.",
    linkMake: "Gör en länk",
    linkFor: (name: string) => `Länk för ${name}`,
    linkOnce: "Länken visas bara nu.",
    linkCare:
      "Den fungerar i 15 minuter, en gång, för vem som än har den. Lämna den bara till personen själv.",
    back: "Tillbaka till personen",
    end: "Personen har slutat",
    endWhy: (name: string) =>
      `${name} loggas ut överallt på en gång och kommer inte in igen. Det som redan är gjort står kvar med namnet.`,
    endButton: (name: string) => `Ta bort tillgången för ${name}`,
  },
  {
    title: "People",
    lead: "Those who may sign in. Speaking for an account is granted account by account.",
    person: "Person",
    may: "May run",
    speaksFor: "Speaks for",
    roles: {
      admin: { label: "this place", hint: "People, accounts, settings." },
      moderator: { label: "moderation", hint: "Reports, hiding, blocking." },
    },
    add: "Add a person",
    addButton: "Add",
    name: "Name",
    nameMissing: "Write the name",
    email: "E-mail address",
    emailHint: "The person signs in by a link sent to the address.",
    badEmail: "Write an e-mail address, as in name@authority.se",
    emailTaken: "Somebody is already added with that address",
    save: "Save",
    link: "A link to sign in with",
    linkWhy:
      "For someone who gets no e-mail: make a link and hand it over. The journal says that you made it.",
    linkMake: "Make a link",
    linkFor: (name) => `Link for ${name}`,
    linkOnce: "The link is shown only now.",
    linkCare: "It works for 15 minutes, once, for whoever has it. Give it to the person alone.",
    back: "Back to the person",
    end: "The person has left",
    endWhy: (name) =>
      `${name} is signed out everywhere at once and cannot come back in. What was done already keeps the name.`,
    endButton: (name) => `Remove access for ${name}`,
  },
);
