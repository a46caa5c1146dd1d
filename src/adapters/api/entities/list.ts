import type { List as Kept, RepliesPolicy } from "#domain/relationships/lists.ts";

/** https://docs.joinmastodon.org/entities/List/ */
export type List = { id: string; title: string; replies_policy: RepliesPolicy; exclusive: boolean };

export function listEntity({ id, title, repliesPolicy, exclusive }: Kept): List {
  return { id, title, replies_policy: repliesPolicy, exclusive };
}
