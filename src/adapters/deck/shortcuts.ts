import { html, type Html } from "#platform/html.ts";
import type { Language } from "#platform/i18n.ts";
import { icon } from "#ui/icon.ts";
import { deckWords } from "./words.ts";

/** The list of keys; `?` opens it. */
export function shortcutsDialog(language: Language): Html {
  const words = deckWords[language].keys;
  const rows: [keys: string[], what: string][] = [
    [["n"], words.n],
    [["j", "k"], words.jk],
    [["h", "l"], words.hl],
    [["r"], words.r],
    [["f"], words.f],
    [["b"], words.b],
    [["e"], words.e],
    [["o", "Enter"], words.o],
    [["."], words.dot],
    [["Ctrl+Enter"], words.send],
    [["Esc"], words.esc],
    [["?"], words.help],
  ];
  return html`<dialog class="dialog shortcuts" id="shortcuts" aria-labelledby="shortcuts-title">
    <header>
      <h2 id="shortcuts-title">${words.title}</h2>
      <form method="dialog">
        <button class="action icon-only" title="${words.close}">${icon("close", words.close)}</button>
      </form>
    </header>
    <dl>
      ${rows.map(
        ([keys, what]) =>
          html`<div>
            <dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt>
            <dd>${what}</dd>
          </div>`,
      )}
    </dl>
  </dialog>`;
}
