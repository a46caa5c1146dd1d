import { defineWords } from "#platform/i18n.ts";

/** What the composer's own scripts say; `{…}` is filled in there. */
export const composerLiveWords = defineWords(
  {
    saving: "Sparar …",
    notSaved: "Utkastet kunde inte sparas på servern. Det ligger kvar i webbläsaren, och vi försöker igen.",
    savedAgain: "Utkastet är sparat på servern igen.",
    restored: "Det här skrev du när servern inte kunde nås.",
    undo: "Ångra",
    undone: "Ångrat. Ingenting skickades.",
    uploading: "Bilden laddas upp …",
    added: "Bilden är tillagd. Beskriv den.",
    full: "Ett inlägg kan ha högst fyra bilder.",
    moved: "Bilden är nu nummer {place} av {count}.",
    suggestions: "{count} förslag. Välj med piltangenterna och Enter.",
    oneSuggestion: "Ett förslag. Välj med pil ner och Enter.",
    listbox: "Förslag",
    drop: "Släpp bilden här",
  },
  {
    saving: "Saving …",
    notSaved: "The draft could not be kept on the server. It is kept in the browser, and we try again.",
    savedAgain: "The draft is kept on the server again.",
    restored: "You wrote this while the server could not be reached.",
    undo: "Undo",
    undone: "Undone. Nothing was sent.",
    uploading: "The picture is being uploaded …",
    added: "The picture is added. Describe it.",
    full: "A post can have at most four pictures.",
    moved: "The picture is now number {place} of {count}.",
    suggestions: "{count} suggestions. Choose with the arrow keys and Enter.",
    oneSuggestion: "One suggestion. Choose with arrow down and Enter.",
    listbox: "Suggestions",
    drop: "Drop the picture here",
  },
);
