import { isOwn } from "#domain/accounts/account.ts";
import type { Post } from "#domain/posts/post.ts";
import { html, type Html } from "#platform/html.ts";
import { action, type ActionView } from "#ui/controls.ts";
import { deckPath, type Seat } from "../seat.ts";
import { deckWords } from "../words.ts";

/** What one can do with a post: links and forms that work as they are. `data-deck-key` is the key that presses each. */
export function postActions(
  seat: Seat,
  post: Post,
  mine: { boosted: boolean; favourited: boolean },
  /** Its menu has that already. */
  options: { withoutHide?: boolean } = {},
): Html {
  const words = deckWords[seat.language].actions;
  const link = (step: string, view: Omit<ActionView, "href">) =>
    action({
      ...view,
      href: deckPath(seat, `/deck/posts/${post.id}/${step}`),
      data: { ...view.data, "deck-step": step },
    });
  if (post.hiddenAt)
    return seat.moderator
      ? link("unhide", { icon: "show", label: words.unhide, data: { "deck-key": "H" } })
      : html``;
  const owner = isOwn(post) && seat.accounts.find((account) => account.id === post.account);
  const canBoost = post.visibility === "public" || post.visibility === "unlisted";
  const name = seat.accounts.length > 1 ? seat.acting?.name : undefined;
  return html`${seat.acting ? link("reply", { icon: "reply", label: words.reply, data: { "deck-key": "r" } }) : null}${
    seat.acting && canBoost
      ? press(seat, post, mine.boosted ? "unboost" : "boost", {
          icon: "boost",
          label: mine.boosted ? words.unboost(name ?? "") : words.boost(name ?? ""),
          pressed: mine.boosted,
          data: { "deck-key": "b" },
        })
      : null
  }${
    seat.acting
      ? press(seat, post, mine.favourited ? "unfavourite" : "favourite", {
          icon: "favourite",
          label: mine.favourited ? words.unfavourite(name ?? "") : words.favourite(name ?? ""),
          pressed: mine.favourited,
          data: { "deck-key": "f" },
        })
      : null
  }${owner ? link("edit", { icon: "edit", label: words.edit, iconOnly: true, data: { "deck-key": "e" } }) : null}${
    owner
      ? link("delete", { icon: "delete", label: words.delete, iconOnly: true, data: { "deck-key": "d" } })
      : null
  }${!isOwn(post) && seat.moderator && !options.withoutHide ? link("hide", { icon: "hide", label: words.hide, iconOnly: true, data: { "deck-key": "H" } }) : null}`;
}

function press(seat: Seat, post: Post, step: string, view: ActionView | Omit<ActionView, "iconOnly">): Html {
  return html`<form class="press" method="post" action="${deckPath(seat, `/deck/posts/${post.id}/${step}`)}">
    <input type="hidden" name="account" value="${seat.acting?.id}" />${action({ ...view, iconOnly: true })}
  </form>`;
}
