import { html, type Html } from "#platform/html.ts";

/** One of several that say the same: what it removes is said to who hears the page, and seen beside it. */
export function removeButton(label: string, what: string): Html {
  return html`<button class="button text" type="submit">
    <span>${label}<span class="visually-hidden"> ${what}</span></span>
  </button>`;
}
