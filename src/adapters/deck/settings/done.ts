import { defineWords } from "#platform/i18n.ts";

/** What an address may say has been done. */
export type Done = keyof (typeof doneWords)["sv"];

export const doneWords = defineWords(
  {
    saved: "Det är sparat.",
    removed: "Det är borttaget.",
    disconnected: "Appen är frånkopplad och kommer inte åt något mer.",
    "signed-out": "Den inloggningen är avslutad.",
    "signed-out-elsewhere": "Alla andra inloggningar är avslutade.",
    "person-added": "Personen är inlagd. Gör en länk nedan, eller be personen logga in med sin e-postadress.",
    "person-ended":
      "Personen är utloggad överallt och kommer inte in igen. Namnet står kvar på det som gjorts.",
    "last-admin": "Det går inte: någon måste få sköta platsen. Ge någon annan rollen först. Inget är ändrat.",
    "account-added": "Kontot finns. Fyll i vad läsarna ska veta om det.",
    "logo-failed": "Logotypen kunde inte läsas. Allt annat är sparat. Välj en annan fil.",
    "picture-failed": "Bilden kunde inte läsas. Allt annat är sparat. Välj en annan fil.",
    trying: "Vi försöker igen nu. Ladda om sidan om en stund för att se hur det gick.",
    "nothing-waiting": "Inget väntar på den servern.",
    hidden: "Inlägget är dolt. Sidan säger i stället varför.",
    unhidden: "Inlägget visas igen.",
    handled: "Anmälan är avslutad.",
    blocked: "Inget mer tas emot därifrån.",
    unblocked: "Blockeringen är hävd.",
    accepted: "Den nya följaren är godkänd.",
    rejected: "Följaren är nekad.",
    already: "Det var redan gjort. Inget är ändrat.",
    "not-found": "Det finns inte längre. Inget är ändrat.",
    "rule-missing": "Välj vilken regel det gäller. Inget är ändrat.",
    "reason-missing": "Skriv ett skäl. Inget är ändrat.",
    ours: "Det är vårt eget inlägg: ändra eller ta bort det i stället. Inget är ändrat.",
  },
  {
    saved: "Saved.",
    removed: "Removed.",
    disconnected: "The app is disconnected and gets at nothing more.",
    "signed-out": "That session is closed.",
    "signed-out-elsewhere": "All other sessions are closed.",
    "person-added":
      "The person is added. Make a link below, or ask them to sign in with their e-mail address.",
    "person-ended":
      "The person is signed out everywhere and cannot come back in. Their name stays on what they did.",
    "last-admin":
      "That cannot be done: somebody must run this place. Give another person the role first. Nothing was changed.",
    "account-added": "The account is there. Fill in what readers should know about it.",
    "logo-failed": "The logo could not be read. Everything else is saved. Choose another file.",
    "picture-failed": "The picture could not be read. Everything else is saved. Choose another file.",
    trying: "Trying again now. Reload the page in a while to see how it went.",
    "nothing-waiting": "Nothing waits for that server.",
    hidden: "The post is hidden. The page says why in its place.",
    unhidden: "The post is shown again.",
    handled: "The report is closed.",
    blocked: "Nothing more is taken from there.",
    unblocked: "The block is lifted.",
    accepted: "The new follower is accepted.",
    rejected: "The follower is refused.",
    already: "That was done already. Nothing was changed.",
    "not-found": "It is no longer there. Nothing was changed.",
    "rule-missing": "Choose which rule it is about. Nothing was changed.",
    "reason-missing": "Write a reason. Nothing was changed.",
    ours: "It is our own post: edit or delete it instead. Nothing was changed.",
  },
);

export function isDone(code: string | undefined): code is Done {
  return code !== undefined && Object.hasOwn(doneWords.sv, code);
}
