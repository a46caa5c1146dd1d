import type { AuthorityId } from "#domain/authorities/authority.ts";
import { wordsMeet, type FreshWords } from "#domain/search/match-words.ts";
import { tsQuery } from "#domain/search/words.ts";
import type { Fragment, Transaction } from "#platform/database.ts";
import type { ColumnDefinition, Filters } from "./deck.ts";

/** The conditions that a column's filters put on `post`; each begins with `and`. */
export function filtered(
  tx: Transaction,
  authority: AuthorityId,
  filters: Filters,
  fresh?: FreshWords,
): Fragment {
  const said = aboutWhatIsSaid(tx, filters);
  const words = filters.words && tsQuery(filters.words);
  const without = filters.without && tsQuery(filters.without, "any");
  return tx`${has(filters.networks) ? tx`and post.network = any(${[...filters.networks]}::text[])` : tx``}
    ${has(filters.capacities) ? tx`and post.capacity = any(${[...filters.capacities]}::text[])` : tx``}
    ${
      filters.withMedia
        ? tx`and exists (select from post_media where post_media.authority = ${authority} and post_media.post = post.id)`
        : tx``
    }
    ${
      said
        ? tx`and exists (select from post_version said where said.authority = ${authority}
            and said.post = post.id and said.version = post.version ${said})`
        : tx``
    }
    ${
      filters.unanswered
        ? tx`and exists (select from care where care.authority = ${authority}
            and care.thread = post.thread and care.status in ('new', 'assigned', 'waiting')
            and (post.id > care.settled_post or post.id = care.asked_post))`
        : tx``
    }
    ${words ? tx`and ${wordsMeet(tx, authority, words, fresh)}` : tx``}
    ${without ? tx`and not ${wordsMeet(tx, authority, without, fresh)}` : tx``}`;
}

/** Whether a column asks for words, which are found a moment after a post has come. */
export function asksForWords({ kind, filters }: Pick<ColumnDefinition, "kind" | "filters">): boolean {
  return kind === "search" || Boolean(filters.words) || Boolean(filters.without);
}

export function isFiltered(filters: Filters): boolean {
  return Object.values(filters).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== "" && value !== undefined && value !== false,
  );
}

function aboutWhatIsSaid(tx: Transaction, filters: Filters): Fragment | undefined {
  const { languages, withMedia } = filters;
  if (!has(languages) && !withMedia) return undefined;
  return tx`${has(languages) ? tx`and split_part(lower(said.language), '-', 1) = any(${[...languages]}::text[])` : tx``}
    ${withMedia ? tx`and jsonb_array_length(said.attachments) > 0` : tx``}`;
}

function has<Value>(values: readonly Value[] | undefined): values is readonly Value[] {
  return values !== undefined && values.length > 0;
}
