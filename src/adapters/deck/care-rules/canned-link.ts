import type { PostId } from "#domain/posts/post.ts";
import type { Html } from "#platform/html.ts";
import { button } from "#ui/controls.ts";
import { deckPath, type Seat } from "../seat.ts";
import { cannedWords } from "./canned-words.ts";

/** The way to the canned answers, from the composer of a reply. The client opens them in place. */
export function cannedLink(seat: Seat, reply: { post: PostId; account: string }): Html {
  const { choose, search, noneFound, close } = cannedWords[seat.language];
  return button({
    label: cannedWords[seat.language].button,
    look: "text",
    icon: "history",
    href: deckPath(seat, "/deck/canned", reply),
    data: {
      controller: "canned",
      action: "canned#open",
      "canned-words-value": JSON.stringify({ choose, search, noneFound, close }),
      "global-key": "q",
    },
  });
}
