import { pathIn, type Site } from "#context.ts";
import type { Telling } from "#domain/moderation/tell-author.ts";
import type { Html } from "#platform/html.ts";
import { defineWords, type Language } from "#platform/i18n.ts";
import { checkbox } from "#ui/form.ts";

/** What telling an author of a decision takes from here: where the rules are. */
export function tellingOf({ authority, origin }: Site): Telling {
  return { authority, guidelines: (language) => origin + pathIn(authority, language, "/guidelines") };
}

/** The box that tells the author, ticked unless somebody unticks it. */
export function tellField(action: "hide" | "unhide", id: string, checked: boolean, language: Language): Html {
  const { hint, ...label } = words[language];
  return checkbox({ name: "tell", id, label: label[action], hint, checked }, { language });
}

const words = defineWords(
  {
    hide: "Tala om för den som skrev, med skäl och hur man överklagar",
    unhide: "Tala om för den som skrev att inlägget visas igen",
    hint: "Skickas som direktmeddelande, om den som skrev går att nå.",
  },
  {
    hide: "Tell the author, with the reason and how to appeal",
    unhide: "Tell the author that the post is shown again",
    hint: "Sent as a direct message, if the author can be reached.",
  },
);
