import type { Post } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { action } from "#ui/controls.ts";
import type { Reader } from "#ui/words.ts";
import { deckPath, type Seat } from "../seat.ts";
import { awayPart } from "./away-part.ts";
import { concernPart, readConcern } from "./concern.ts";
import { safeChannelWords } from "./safe-channel-words.ts";

/** What the care panel of a thread has of the rules: who is away, the decision on direct messages, the way to a safe channel. */
export async function careRuleParts(
  tx: Transaction,
  seat: Seat,
  post: Pick<Post, "id" | "thread">,
  reader: Reader,
): Promise<Html> {
  const concern = await readConcern(tx, seat, post.thread);
  return html`${await awayPart(tx, seat, post.thread, reader)}${concernPart(seat, post.id, concern, reader)}${
    seat.acting
      ? action({
          icon: "lock",
          label: safeChannelWords[seat.language].link,
          href: deckPath(seat, `/deck/posts/${post.id}/safe-channel`),
          data: { "global-key": "v" },
        })
      : null
  }`;
}
