import { html, type Html } from "#platform/html.ts";
import { icon } from "#ui/icon.ts";
import type { Seat } from "./seat.ts";
import { shortcutWords } from "./shortcut-words.ts";

/** The keys of the deck, by what one is doing. Between keys of one row stands what holds them together. */
const groups = [
  {
    name: "reading",
    rows: [
      ["nextPrevious", ["j", "k"]],
      ["leftRight", ["h", "l"]],
      ["toColumn", ["1", "–", "9"]],
      ["showNew", ["."]],
      ["open", ["o", "Enter"]],
    ],
  },
  {
    name: "post",
    rows: [
      ["reply", ["r"]],
      ["favourite", ["f"]],
      ["boost", ["b"]],
      ["edit", ["e"]],
      ["delete", ["d"]],
      ["hide", ["Shift", "+", "H"]],
    ],
  },
  {
    name: "care",
    rows: [
      ["assignMe", ["a"]],
      ["assign", ["Shift", "+", "A"]],
      ["status", ["s"]],
      ["note", ["m"]],
      ["tag", ["t"]],
      ["canned", ["q"]],
      ["safeChannel", ["v"]],
      ["concern", ["y"]],
      ["choose", ["x"]],
    ],
  },
  {
    name: "writing",
    rows: [
      ["write", ["n"]],
      ["send", ["Ctrl", "+", "Enter"]],
      ["plan", ["Ctrl", "+", "Shift", "+", "Enter"]],
      ["undo", ["z"]],
      ["escape", ["Esc"]],
    ],
  },
  {
    name: "columns",
    rows: [
      ["add", ["c"]],
      ["move", ["Shift", "+", "←", "→"]],
      ["width", ["w"]],
      ["settings", [","]],
      ["remove", ["-"]],
    ],
  },
  {
    name: "going",
    rows: [
      ["find", ["/", "Ctrl", "+", "K"]],
      ["goDrafts", ["g", "d"]],
      ["goPlanned", ["g", "p"]],
      ["goInbox", ["g", "i"]],
      ["goWaiting", ["g", "w"]],
      ["goNotifications", ["g", "n"]],
      ["goDecks", ["g", "k"]],
      ["goFollow", ["g", "f"]],
      ["goModeration", ["g", "m"]],
      ["goSettings", ["g", "s"]],
      ["help", ["?"]],
    ],
  },
] as const;

/** What only moderators can do. */
const moderation = new Set<string>(["hide", "goModeration"]);

const joints = new Set<string>(["+", "–"]);

/** The list of keys; `?` opens it. */
export function shortcutsDialog({ language, moderator }: Seat): Html {
  const words = shortcutWords[language];
  return html`<dialog class="dialog shortcuts" id="shortcuts" aria-labelledby="shortcuts-title">
    <header>
      <h2 id="shortcuts-title">${words.title}</h2>
      <form method="dialog">
        <button class="action icon-only" title="${words.close}">${icon("close", words.close)}</button>
      </form>
    </header>
    <div class="shortcut-groups">
      ${groups.map(
        ({ name, rows }) =>
          html`<section aria-labelledby="shortcuts-${name}">
            <h3 id="shortcuts-${name}">${words.groups[name]}</h3>
            <dl>
              ${rows
                .filter(([what]) => moderator || !moderation.has(what))
                .map(
                  ([what, keys]) =>
                    html`<div>
                    <dt>${keys.map((key) => (joints.has(key) ? html`<span>${key}</span>` : html`<kbd>${key}</kbd>`))}</dt>
                    <dd>${words.keys[what]}</dd>
                  </div>`,
                )}
            </dl>
          </section>`,
      )}
    </div>
    <label class="shortcuts-on"
      ><input type="checkbox" name="keys" checked autocomplete="off" /><span
        >${words.on}<span class="small quiet">${words.onHint}</span></span
      ></label
    >
  </dialog>`;
}
