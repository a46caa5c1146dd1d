import { Controller } from "@hotwired/stimulus";
import { send } from "../live/compose.ts";

/** Shows in a dialog what will be sent; without script the same comes as a page. */
export class ComposerPreviewController extends Controller<HTMLFormElement> {
  static override values = { url: String };
  declare readonly urlValue: string;

  async show(event: Event): Promise<void> {
    event.preventDefault();
    const button = event.currentTarget;
    const form = new FormData(this.element);
    form.delete("file");
    const html = await send(this.urlValue, form, async (answer) => (answer.ok ? answer.text() : undefined));
    const made = html && new DOMParser().parseFromString(html, "text/html").getElementById("preview");
    if (!made) return;
    const dialog = document.createElement("dialog");
    dialog.className = "dialog composer-preview";
    dialog.setAttribute("aria-labelledby", "preview-title");
    dialog.append(document.importNode(made, true));
    const close = dialog.querySelector<HTMLElement>("[data-preview-close]");
    close?.removeAttribute("hidden");
    close?.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (click) => {
      if (click.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (button instanceof HTMLElement) button.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
  }
}
