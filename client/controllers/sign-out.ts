import { Controller } from "@hotwired/stimulus";
import { forgetDraftsOf, hasDraftsOf } from "../live/draft.ts";

/** Signing out takes one's drafts out of the browser, which others may use, and says so first. */
export class SignOutController extends Controller<HTMLFormElement> {
  static override targets = ["dialog"];
  static override values = { person: String };
  declare readonly dialogTarget: HTMLDialogElement;
  declare readonly personValue: string;

  leave(event: SubmitEvent): void {
    const confirmed = this.dialogTarget.contains(event.submitter);
    if (confirmed || !hasDraftsOf(this.personValue)) return forgetDraftsOf(this.personValue);
    event.preventDefault();
    this.dialogTarget.showModal();
  }

  stay(): void {
    this.dialogTarget.close();
  }
}
