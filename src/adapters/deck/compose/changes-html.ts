import type { Services } from "#context.ts";
import type { Changes, WaitingAnswer } from "#domain/drafts/changed-since.ts";
import { namesOfPeople } from "#domain/people/person.ts";
import { html, type Html } from "#platform/html.ts";
import { icon } from "#ui/icon.ts";
import { postItems } from "../columns/show-one-post.ts";
import { draftWords } from "../drafts/words.ts";
import { plannedWords } from "../drafts/planned-words.ts";
import type { Seat } from "../seat.ts";

/** What has come into the conversation since the answer was begun, to be read before it is sent. */
export async function changesHtml(services: Services, seat: Seat, changes: Changes): Promise<Html> {
  const authority = seat.site.authority.id;
  const words = draftWords[seat.language].changes;
  return services.db.read(authority, async (tx) => {
    const posts = await postItems(tx, seat, changes.posts, services.clock(), { withoutActions: true });
    const people = changes.waiting.map((answer) => answer.person);
    const names = await namesOfPeople(tx, authority, people);
    return html`<div class="changes" role="alert" tabindex="-1" autofocus>
      <p class="changes-title">${icon("warn")}<strong>${words.title}</strong></p>
      <p>${words.body}</p>
      ${posts}${changes.waiting.map((answer) => waitingHtml(seat, answer, names.get(answer.person) ?? ""))}
    </div>`;
  });
}

/** The words of an answer that waits are shown to those who may speak for the same account. */
function waitingHtml(seat: Seat, answer: WaitingAnswer, name: string): Html {
  const words = draftWords[seat.language].changes;
  const { state, dueAt } = answer;
  const what =
    state === "awaiting"
      ? words.waitingApproval(name)
      : state === "scheduled" && dueAt
        ? words.waitingAt(name, plannedWords(dueAt, seat))
        : words.waiting(name);
  const shared = seat.accounts.some((account) => account.id === answer.account);
  return html`<div class="waiting-answer">
    <p class="small">${what}</p>
    ${shared ? html`<blockquote>${answer.text}</blockquote>` : null}
  </div>`;
}
