import type { ColumnKind, DeckColumn } from "#domain/decks/deck.ts";
import type { SubjectNames } from "#domain/decks/subject-names.ts";
import type { IconName } from "#ui/icon.ts";
import type { Seat } from "../seat.ts";
import { columnWords } from "./words.ts";

export const columnIcons: Record<ColumnKind, IconName> = {
  inbox: "inbox",
  home: "home",
  account: "account",
  list: "list",
  tag: "tag",
  search: "search",
  drafts: "edit",
  person: "globe",
  thread: "thread",
  notifications: "bell",
};

/** What a column is called: as somebody named it, else after what it is about. */
export function columnTitle(
  seat: Pick<Seat, "language" | "acting" | "accounts">,
  column: Pick<DeckColumn, "kind" | "name" | "subject">,
  names: SubjectNames,
): string {
  const words = columnWords[seat.language];
  const { kind, name, subject } = column;
  if (name) return name;
  switch (kind) {
    case "account":
      if (subject.account) return names.accounts.get(subject.account)?.name ?? words.kinds.account;
      // With several to choose between, the choice beside the title says whose it is.
      return seat.accounts.length > 1 ? words.kinds.account : (seat.acting?.name ?? words.kinds.account);
    case "list":
      return (subject.list && names.lists.get(subject.list)) ?? words.gone.list;
    case "tag":
      return (subject.tags ?? []).map((tag) => `#${tag}`).join(" ") || words.kinds.tag;
    case "search":
      return subject.query || words.kinds.search;
    case "person":
      return (subject.account && names.accounts.get(subject.account)?.name) ?? words.gone.person;
    case "thread": {
      const author = subject.post ? names.authors.get(subject.post) : undefined;
      return author ? words.threadWith(author.name) : words.gone.thread;
    }
    case "inbox":
    case "home":
    case "drafts":
    case "notifications":
      return words.kinds[kind];
  }
}
