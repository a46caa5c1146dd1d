import { defineWords } from "#platform/i18n.ts";

export const safeChannelWords = defineWords(
  {
    link: "Flytta till säker kanal",
    title: "Flytta till en säker kanal",
    lead: "Svaret talar om vart den som skrev ska vända sig i stället. Sedan avslutas samtalet i inkorgen.",
    error: "Fel:",
    publicTitle: "Alla kan läsa svaret.",
    caseTitle: "Svara utan uppgifter om ärendet.",
    caseBody:
      "Skriv inget om personen eller ärendet, inte ens att det finns ett ärende. Det som redan står i samtalet tas inte bort av det här: dölj det om det röjer någon.",
    noWay: "Kontot har ingen kontaktväg att hänvisa till.",
    giveWay: "Skriv in en, så står den här nästa gång",
    as: "Svaras som",
    answer: "Svar",
    answerHint: "Ändra fritt.",
    hole: (hole: string) => `Fyll i det som ska stå i stället för ${hole}`,
    move: "Svara och avsluta",
    ask: "Be om godkännande",
    approval: "Kontots svar godkänns av en kollega först. Samtalet är öppet tills svaret är ute.",
    cancel: "Avbryt",
    missing: "Samtalet finns inte, eller är inte riktat till något konto som du talar för.",
    template:
      "Hej {namn}! Det här behöver vi ta med dig enskilt, så att dina uppgifter är skyddade. {kontakt}\n\nSkriv inga personuppgifter här: andra kan läsa det, och det blir en allmän handling.",
  },
  {
    link: "Move to a safe channel",
    title: "Move to a safe channel",
    lead: "The answer says where the one who wrote is to turn instead. Then the conversation is closed in the inbox.",
    error: "Error:",
    publicTitle: "Everybody can read the answer.",
    caseTitle: "Answer without facts of the case.",
    caseBody:
      "Write nothing about the person or the case, not even that there is one. What the conversation already says is not removed by this: hide it if it exposes somebody.",
    noWay: "The account has no way of contact to refer to.",
    giveWay: "Enter one, and it stands here next time",
    as: "Answered as",
    answer: "Answer",
    answerHint: "Change it freely.",
    hole: (hole) => `Fill in what is to stand instead of ${hole}`,
    move: "Answer and close",
    ask: "Ask for approval",
    approval:
      "A colleague approves what this account answers. The conversation stays open until the answer is out.",
    cancel: "Cancel",
    missing: "The conversation does not exist, or is not addressed to an account that you speak for.",
    template:
      "Hello {name}! We need to take this up with you in private, so that your details are protected. {contact}\n\nPlease write no personal details here: others can read them, and they become a public record.",
  },
);
