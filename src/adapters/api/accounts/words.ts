import { defineWords } from "#platform/i18n.ts";

/** What a person reads in their app where Torg's own rules decide; and what moderators read of it. */
export const accountWords = defineWords(
  {
    self: "Ett konto kan inte följa sig självt. Inget ändrades.",
    notFollowable:
      "Kontot kan inte följas: myndigheten har blockerat det, eller så har det blockerat ert konto. Inget ändrades.",
    unblockNeedsModerator:
      "Myndigheten har beslutat att blockera kontot. Bara en moderator kan häva det. Inget ändrades.",
    unblockedIn: (app: string) => `Hävd i appen ${app}.`,
    blockAsked: (account: string, app: string) =>
      `${account} vill att kontot blockeras (från appen ${app}). Kontot är tystat för ${account} så länge. Besluta om det ska blockeras, och varför.`,
    blockWithdrawn: (account: string) => `${account} har tagit tillbaka önskan om blockering.`,
    unknownApp: "okänd",
    notEndorsed:
      "Konton kan inte framhävas på profilen här: en myndighet rekommenderar ingen. Inget ändrades.",
    notFeatured: "Taggar kan inte framhävas på profilen här. Inget ändrades.",
    nameMissing: "Namnet får inte vara tomt. Inget ändrades.",
    nameTooLong: (most: number) => `Namnet får ha högst ${most} tecken. Inget ändrades.`,
    noteTooLong: (most: number) => `Texten får ha högst ${most} tecken. Inget ändrades.`,
    fieldIncomplete: "Varje rad i profilen behöver både rubrik och innehåll. Inget ändrades.",
    fieldTooLong: (name: number, value: number) =>
      `Rubriken får ha högst ${name} tecken och innehållet högst ${value}. Inget ändrades.`,
    tooManyFields: (most: number) => `Profilen får ha högst ${most} rader. Inget ändrades.`,
    notAPicture: "Filen är ingen bild som kan läsas. Skicka JPEG, PNG, WebP eller GIF. Inget ändrades.",
    tooLarge: "Bilden är för stor. Inget ändrades.",
    alwaysOpen:
      "En myndighets konton är alltid offentliga: de kan hittas, sökas i och visar vilka de följer. Inget ändrades.",
    noAttribution:
      "Det går inte att ställa in här vilka webbplatser som får ange kontot som avsändare. Inget ändrades.",
    badPrivacy: "Synligheten ska vara public, unlisted eller private. Inget ändrades.",
    badLanguage: "Språket ska anges med två eller tre bokstäver, som sv. Inget ändrades.",
  },
  {
    self: "An account cannot follow itself. Nothing was changed.",
    notFollowable:
      "The account cannot be followed: the authority has blocked it, or it has blocked your account. Nothing was changed.",
    unblockNeedsModerator:
      "The authority has decided to block this account. Only a moderator can lift that. Nothing was changed.",
    unblockedIn: (app) => `Lifted in the app ${app}.`,
    blockAsked: (account, app) =>
      `${account} wants this account blocked (from the app ${app}). It is muted for ${account} meanwhile. Decide whether to block it, and why.`,
    blockWithdrawn: (account) => `${account} no longer wants it blocked.`,
    unknownApp: "unknown",
    notEndorsed:
      "Accounts cannot be featured on the profile here: an authority recommends nobody. Nothing was changed.",
    notFeatured: "Tags cannot be featured on the profile here. Nothing was changed.",
    nameMissing: "The name must not be empty. Nothing was changed.",
    nameTooLong: (most) => `The name may have ${most} characters at most. Nothing was changed.`,
    noteTooLong: (most) => `The text may have ${most} characters at most. Nothing was changed.`,
    fieldIncomplete: "Each line of the profile needs both a label and a content. Nothing was changed.",
    fieldTooLong: (name, value) =>
      `A label may have ${name} characters at most, a content ${value}. Nothing was changed.`,
    tooManyFields: (most) => `The profile may have ${most} lines at most. Nothing was changed.`,
    notAPicture: "The file is no picture that can be read. Send JPEG, PNG, WebP or GIF. Nothing was changed.",
    tooLarge: "The picture is too large. Nothing was changed.",
    alwaysOpen:
      "An authority's accounts are always public: they can be found and searched, and show whom they follow. Nothing was changed.",
    noAttribution: "Which sites may name the account as an author cannot be set here. Nothing was changed.",
    badPrivacy: "The privacy must be public, unlisted or private. Nothing was changed.",
    badLanguage: "The language must be given with two or three letters, as in sv. Nothing was changed.",
  },
);
