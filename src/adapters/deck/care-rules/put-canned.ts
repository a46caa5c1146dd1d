import type { Post } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import type { Html } from "#platform/html.ts";
import type { ReplyView } from "../compose/reply-to.ts";
import type { Seat } from "../seat.ts";
import { cannedNotice, fillCanned } from "./fill-canned.ts";

/** A reply with the canned answer that the path asks for after what stands in it, and what to watch for in it. */
export async function putCanned(
  tx: Transaction,
  seat: Seat,
  canned: string | undefined,
  { reply, post }: { reply: ReplyView; post: Post },
  now: Temporal.Instant,
): Promise<{ reply: ReplyView; warning: Html | null }> {
  const account = seat.accounts.find(({ id }) => id === reply.composition.account);
  const filled = canned && account ? await fillCanned(tx, seat, canned, { account, post }, now) : undefined;
  if (!filled) return { reply, warning: null };
  const { text } = reply.composition;
  const apart = /\S$/.test(text) ? "\n\n" : "";
  const composition = { ...reply.composition, text: text + apart + filled.text };
  return { reply: { ...reply, composition }, warning: cannedNotice(seat, filled) };
}
