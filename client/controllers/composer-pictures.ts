import { Controller } from "@hotwired/stimulus";
import { composerWords, say, send } from "../live/compose.ts";
import { toast } from "../live/toast.ts";

const most = 4;

/** Pictures from the file field, the clipboard and by dropping; moved by buttons or by dragging. */
export class ComposerPicturesController extends Controller<HTMLFormElement> {
  static override targets = ["file", "add", "list"];
  static override values = { url: String };
  declare readonly fileTarget: HTMLInputElement;
  declare readonly addTarget: HTMLElement;
  declare readonly listTarget: HTMLElement;
  declare readonly urlValue: string;
  private uploading = Promise.resolve();
  private lifted: HTMLElement | undefined;

  override connect(): void {
    // The button stands for the file field, which says little and cannot be told how to look.
    this.addTarget.querySelector<HTMLElement>(".field")?.toggleAttribute("hidden", true);
    this.fileTarget.multiple = true;
    this.arrange();
  }

  open(event: Event): void {
    event.preventDefault();
    this.fileTarget.click();
  }

  choose(event: Event): void {
    event.stopPropagation();
    const files = [...(this.fileTarget.files ?? [])];
    this.fileTarget.value = "";
    void this.upload(files);
  }

  paste(event: ClipboardEvent): void {
    const files = picturesOf(event.clipboardData);
    // Text that was copied along with its picture is pasted as text.
    if (files.length === 0 || event.clipboardData?.types.includes("text/plain")) return;
    event.preventDefault();
    void this.upload(files);
  }

  over(event: DragEvent): void {
    if (this.lifted) return this.dragOver(event);
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.element.setAttribute("data-drop", composerWords(this.element).drop);
  }

  leave(event: DragEvent): void {
    if (!(event.relatedTarget instanceof Node) || !this.element.contains(event.relatedTarget))
      this.element.removeAttribute("data-drop");
  }

  drop(event: DragEvent): void {
    this.element.removeAttribute("data-drop");
    const files = picturesOf(event.dataTransfer);
    if (!this.lifted && files.length === 0) return;
    event.preventDefault();
    if (!this.lifted) void this.upload(files);
  }

  lift(event: DragEvent): void {
    const picture = pictureAt(event.target);
    if (!picture || !event.dataTransfer) return;
    this.lifted = picture;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/x-picture", "");
    picture.setAttribute("data-lifted", "");
  }

  settle(): void {
    this.lifted?.removeAttribute("data-lifted");
    if (this.lifted) this.moved(this.lifted);
    this.lifted = undefined;
  }

  up(event: Event): void {
    this.move(event, (picture) => picture.previousElementSibling?.before(picture));
  }

  down(event: Event): void {
    this.move(event, (picture) => picture.nextElementSibling?.after(picture));
  }

  remove(event: Event): void {
    event.preventDefault();
    const picture = pictureAt(event.currentTarget);
    const next = picture?.nextElementSibling ?? picture?.previousElementSibling;
    picture?.remove();
    this.arrange();
    this.changed();
    const text = this.element.querySelector<HTMLElement>("textarea[name=text]");
    (next?.querySelector<HTMLElement>("textarea") ?? text)?.focus();
  }

  private move(event: Event, place: (picture: HTMLElement) => void): void {
    event.preventDefault();
    const button = event.currentTarget;
    const picture = pictureAt(button);
    if (!picture) return;
    place(picture);
    this.moved(picture);
    if (button instanceof HTMLElement) button.focus();
  }

  private moved(picture: HTMLElement): void {
    const all = [...this.listTarget.children];
    const words = composerWords(this.element).moved;
    say(
      this.element,
      words.replace("{place}", String(all.indexOf(picture) + 1)).replace("{count}", String(all.length)),
    );
    this.arrange();
    this.changed();
  }

  private dragOver(event: DragEvent): void {
    event.preventDefault();
    const over = pictureAt(event.target);
    if (!over || !this.lifted || over === this.lifted) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(this.lifted);
    else over.after(this.lifted);
  }

  /** One at a time, in the order they were given: no more than there is room for. */
  private upload(files: readonly File[]): Promise<void> {
    this.uploading = this.uploading.then(() => this.uploadAll(files));
    return this.uploading;
  }

  private async uploadAll(files: readonly File[]): Promise<void> {
    const words = composerWords(this.element);
    for (const file of files) {
      if (this.listTarget.children.length >= most) return toast(words.full);
      say(this.element, words.uploading);
      this.listTarget.setAttribute("aria-busy", "true");
      const form = new FormData();
      form.set("file", file);
      const html = await send(this.urlValue, form, async (answer) =>
        answer.status === 201 ? answer.text() : undefined,
      );
      this.listTarget.removeAttribute("aria-busy");
      if (html === undefined) return say(this.element, "");
      this.listTarget.insertAdjacentHTML("beforeend", html);
      this.arrange();
      this.changed();
      say(this.element, words.added);
    }
    this.listTarget.querySelector<HTMLElement>("[data-picture]:last-child textarea")?.focus();
  }

  /** The first cannot go up nor the last down; one alone is not moved at all. */
  private arrange(): void {
    const all = [...this.listTarget.children];
    this.listTarget.hidden = all.length === 0;
    this.addTarget.hidden = all.length >= most;
    for (const picture of all) {
      if (picture instanceof HTMLElement) picture.draggable = all.length > 1;
      for (const button of picture.querySelectorAll<HTMLElement>("button[name=move]"))
        button.hidden = all.length < 2;
    }
  }

  /** The draft and the checks hear of it as of anything typed. */
  private changed(): void {
    this.element.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function pictureAt(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>("[data-picture]") ?? undefined) : undefined;
}

function picturesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}
