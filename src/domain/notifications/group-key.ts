import type { Fragment, Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";
import type { AccountKind, Notification } from "./notification.ts";

/** What many do in the same half of a day is told as one: to the same post, or that they follow. */
export const groupedKinds = ["favourite", "follow", "reblog"] as const;
export type GroupedKind = (typeof groupedKinds)[number];

/** Which notifications a key stands for. From and up to (not including) are ids: they carry the time of their making. */
export type GroupMembers =
  | { only: string }
  | { kind: GroupedKind; post: string | null; from: string; upTo: string };

const halfDay = 12n * 3_600_000n;
/** Ids carry the time in milliseconds above their lowest sixteen bits. */
const idBits = 16n;
const lastId = 2n ** 63n - 1n;

/** Follows from the notification alone, so that it stays whatever comes or goes beside it. */
export function groupKeyOf({ id, kind, post }: Pick<Notification, "id" | "kind" | "post">): string {
  if (!isGrouped(kind)) return `ungrouped-${id}`;
  return [kind, ...(kind === "follow" ? [] : [post]), (BigInt(id) >> idBits) / halfDay].join("-");
}

/** The same in SQL, of a row of `notification`; kinds that the reader cannot show as groups stand alone. */
export function groupKey(tx: Transaction, grouped: readonly GroupedKind[]): Fragment {
  const ofPosts = grouped.filter((kind) => kind !== "follow");
  const time = tx`(notification.id >> 16) / 43200000`;
  return tx`case
    when notification.kind = any(${ofPosts}::text[]) then concat_ws('-', notification.kind, notification.post, ${time})
    when notification.kind = 'follow' and ${grouped.includes("follow")} then concat_ws('-', notification.kind, ${time})
    else 'ungrouped-' || notification.id end`;
}

export function readGroupKey(key: string): GroupMembers | undefined {
  const [, kind = "", rest = ""] = /^(ungrouped|favourite|reblog|follow)-([\d-]+)$/.exec(key) ?? [];
  if (kind === "ungrouped") {
    const only = parseId(rest);
    return only && { only };
  }
  if (!isGrouped(kind)) return undefined;
  const [time = "", post] = rest.split("-").toReversed();
  const ofPost = post === undefined ? null : parseId(post);
  if (!/^\d{1,9}$/.test(time) || ofPost === undefined || (kind === "follow") !== (ofPost === null))
    return undefined;
  const edge = (halves: bigint) => ((BigInt(time) + halves) * halfDay) << idBits;
  const upTo = edge(1n);
  return upTo > lastId ? undefined : { kind, post: ofPost, from: String(edge(0n)), upTo: String(upTo) };
}

function isGrouped(kind: string): kind is GroupedKind & AccountKind {
  return (groupedKinds as readonly string[]).includes(kind);
}
