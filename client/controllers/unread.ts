import { Controller } from "@hotwired/stimulus";
import { toast } from "../live/toast.ts";

type Notice = { unread: number; latest?: { text: string; href: string } };

/** How many notifications wait to be read, as the live line tells; the one that has just come is said in passing. */
export class UnreadController extends Controller<HTMLElement> {
  static override targets = ["badge", "count"];
  static override values = { most: Number, open: String };
  declare readonly badgeTarget: HTMLElement;
  declare readonly countTarget: HTMLElement;
  declare readonly mostValue: number;
  declare readonly openValue: string;

  override connect(): void {
    document.addEventListener("deck:notice", this.hear);
  }

  override disconnect(): void {
    document.removeEventListener("deck:notice", this.hear);
  }

  private readonly hear = (event: Event): void => {
    const { unread, latest } = (event as CustomEvent<Notice>).detail;
    this.badgeTarget.hidden = unread === 0;
    this.countTarget.textContent = unread >= this.mostValue ? `${this.mostValue - 1}+` : String(unread);
    // The number stands in two places; the one that leads to the notifications says it.
    if (latest && this.openValue) toast(latest.text, { label: this.openValue, href: latest.href });
  };
}
