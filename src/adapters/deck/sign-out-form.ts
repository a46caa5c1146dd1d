import { pathIn, type Site } from "#context.ts";
import type { PersonId } from "#domain/people/person.ts";
import { html, type Html } from "#platform/html.ts";
import { defineWords, type Language } from "#platform/i18n.ts";
import { button } from "#ui/controls.ts";

/** Signing out. With scripts, whoever has drafts in this browser is told first that they go, too. */
export function signOutForm(at: { site: Site; language: Language; person: PersonId }, control: Html): Html {
  const said = words[at.language];
  return html`<form method="post" action="${pathIn(at.site.authority, at.language, "/sign-out")}"
    data-controller="sign-out" data-sign-out-person-value="${at.person}" data-action="sign-out#leave">
    ${control}
    <dialog class="dialog" aria-labelledby="sign-out-title" data-sign-out-target="dialog">
      <h2 id="sign-out-title">${said.title}</h2>
      <p>${said.body}</p>
      <div class="row">
        ${button({ label: said.stay, type: "button", data: { action: "sign-out#stay" } })}${button({ label: said.leave, look: "danger" })}
      </div>
    </dialog>
  </form>`;
}

const words = defineWords(
  {
    title: "Du har skrivit något som inte är publicerat",
    body: "Utkast sparas bara i den här webbläsaren. När du loggar ut tas de bort, så att den som använder den efter dig inte ser dem.",
    stay: "Stanna kvar",
    leave: "Ta bort och logga ut",
  },
  {
    title: "You have written something that is not published",
    body: "Drafts are kept in this browser alone. When you sign out they are removed, so that whoever uses it after you does not see them.",
    stay: "Stay",
    leave: "Remove and sign out",
  },
);
