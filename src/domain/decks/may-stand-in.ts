import type { AuthorityId } from "#domain/authorities/authority.ts";
import { meetingQueries, type FreshWords } from "#domain/search/match-words.ts";
import { tsQuery } from "#domain/search/words.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import type { Transaction } from "#platform/database.ts";
import type { ColumnDefinition } from "./deck.ts";
import type { ColumnReader } from "./read-column.ts";

type Asked = { column: ColumnDefinition; reader: ColumnReader };

/**
 * Tells which columns any of some posts may stand in, in two queries however many columns there are: most columns
 * about a tag, a voice or some words, and most inboxes, have nothing to do with what has just happened, and need not be read.
 */
export async function mayStandIn(
  tx: Transaction,
  authority: AuthorityId,
  asked: readonly Asked[],
  posts: readonly string[],
  fresh: FreshWords | undefined,
): Promise<(asked: Asked) => boolean> {
  const queries = asked.flatMap(({ column }) => searched(column) ?? []);
  const ours = [...new Set(asked.flatMap(({ reader }) => reader.accounts))];
  const [[marks], meeting] = await Promise.all([
    tx<{ voices: string[]; tags: string[]; addressed: string[] }[]>`
      select array(select account from post where authority = ${authority} and id = any(${[...posts]}::bigint[])
          union select account from boost where authority = ${authority} and post = any(${[...posts]}::bigint[])) as voices,
        array(select distinct tag from post_tag
          where authority = ${authority} and post = any(${[...posts]}::bigint[])) as tags,
        array(select distinct addressed.account from unnest(${ours}::bigint[]) as one (account)
          join addressed on addressed.authority = ${authority} and addressed.account = one.account
          and addressed.post = any(${[...posts]}::bigint[])) as addressed`,
    fresh && meetingQueries(tx, queries, fresh),
  ]);
  const voices = new Set(marks?.voices);
  const tags = new Set(marks?.tags);
  const addressed = new Set<string>(marks?.addressed);
  return ({ column, reader }) => {
    const { kind, subject } = column;
    if (kind === "tag") return (subject.tags ?? []).some((tag) => tags.has(normalTag(tag)));
    if (kind === "account") return voices.has(subject.account ?? reader.acting ?? "");
    if (kind === "inbox") return reader.accounts.some((account) => addressed.has(account));
    if (kind === "person") return voices.has(subject.account ?? "");
    if (kind === "search" && meeting) return meeting.has(searched(column) ?? "");
    return true;
  };
}

function searched({ kind, subject }: ColumnDefinition): string | undefined {
  return kind === "search" ? tsQuery(subject.query ?? "") : undefined;
}
