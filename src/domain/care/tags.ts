import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import { dueOf } from "./due.ts";
import { caredForBy } from "./may-care.ts";
import { stateOf, takeUp, writeState, type Acted, type Actor } from "./take-up.ts";

const longestTag = 50;
const mostTags = 20;

/** Adds and takes away labels; a label may carry a target time of its own. */
export async function changeTags(
  tx: Transaction,
  authority: AuthorityId,
  asked: {
    thread: string;
    add: readonly string[];
    /** "others": only those added are left. */
    remove: readonly string[] | "others";
    seen?: number | undefined;
  },
  by: Actor,
): Promise<Acted> {
  const taken = await takeUp(tx, authority, asked.thread, by, asked.seen);
  if (taken.outcome !== "taken") return taken;
  const { care } = taken;
  const removed = new Set(asked.remove === "others" ? care.tags : asked.remove.map(tidyTag));
  const added = asked.add.map(tidyTag).filter((tag) => tag !== "");
  const tags = [...new Set([...care.tags.filter((tag) => !removed.has(tag)), ...added])]
    .toSorted()
    .slice(0, mostTags);
  if (tags.join("\n") === care.tags.toSorted().join("\n"))
    return { outcome: "same", care: care.id, thread: care.thread, version: care.version };
  const { account, askedAt } = care;
  const dueAt = askedAt && (await dueOf(tx, authority, { account, tags, askedAt }));
  return writeState(tx, authority, care, {
    kind: "care-tagged",
    by: by.person,
    after: { ...stateOf(care), tags, dueAt: dueAt?.toString() ?? null },
  });
}

/** "  #Simhall " → "simhall": a label is one however it is written. */
export function tidyTag(tag: string): string {
  return tag
    .normalize("NFC")
    .trim()
    .replace(/^#/, "")
    .replace(/\s+/g, " ")
    .toLowerCase()
    .slice(0, longestTag)
    .trim();
}

/** "simhall, #Barn och unga" → two labels. */
export function readTags(text: string): string[] {
  return [
    ...new Set(
      text
        .slice(0, mostTags * (longestTag + 2))
        .split(/[,;\n]/)
        .map(tidyTag)
        .filter((tag) => tag !== ""),
    ),
  ];
}

/** The labels in use where these accounts are spoken to, most used first: to choose from. A label may say what is said in confidence. */
export async function listTags(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
): Promise<string[]> {
  if (accounts.length === 0) return [];
  const rows = await tx<{ tag: string }[]>`
    select tag from care_tag join care on care.authority = ${authority} and care.id = care_tag.care
    where care_tag.authority = ${authority} and ${caredForBy(tx, authority, accounts)}
    group by tag order by count(*) desc, tag limit 100`;
  return rows.map((row) => row.tag);
}
