import { draftEntries } from "#domain/drafts/draft-entries.ts";
import type { Entry } from "#domain/journal/entry.ts";
import type { PersonKind } from "./notification.ts";

/** One thing that some of the staff are told. */
export type Matter = {
  kind: PersonKind;
  /** What it is once for each recipient: a note, else the journal entry that it follows from. */
  matter: string;
  persons: readonly string[];
  /** Besides: everybody who may speak for this account. */
  account: string | null;
  from: string | null;
  post: string | null;
  thread: string | null;
  draft: string | null;
  at: Temporal.Instant;
};

/** What was told before an entry and holds no more after it, by the thread or the draft it was about. */
export type Settled = {
  kinds: readonly PersonKind[];
  thread?: string | null;
  draft?: string | null;
  matter?: string | null;
  entry: string;
};

/** Kinds of entries after which a member of staff may have something more, or less, to be told. */
export const personEntries = [
  "care-assigned",
  "care-noted",
  "care-overdue",
  "care-answered",
  "care-status-changed",
  "care-joined",
  ...draftEntries,
] as const;

/** What an entry gives somebody to hear, if anything. */
export function matterOf(entry: Entry): Matter | undefined {
  const [first = null, ...others] = entry.subject;
  const base = { matter: entry.id, from: entry.person, post: entry.post, at: entry.at };
  const care = {
    ...base,
    thread: textFact(entry.facts, "thread"),
    draft: null,
    persons: others,
    account: null,
  };
  // What a draft will become no one has seen yet, so no post is named.
  const draft = { ...base, post: null, thread: null, draft: first, account: null, persons: others };
  switch (entry.kind) {
    case "care-assigned":
      return { ...care, ...assigneeOf(entry), kind: "assigned" };
    case "care-noted":
      return { ...care, matter: textFact(entry.facts, "note") ?? entry.id, kind: "note-mention" };
    case "care-overdue":
      return { ...care, kind: "overdue", from: null };
    case "approval-asked":
      // The writer asks, also where it is the clock that found approval lacking.
      return {
        ...draft,
        kind: "approval-asked",
        persons: [],
        account: entry.account,
        from: entry.person ?? others[0] ?? null,
      };
    case "approval-given":
      return { ...draft, kind: "approval-given" };
    case "approval-refused":
      return { ...draft, kind: "approval-refused" };
    case "send-late":
      return { ...draft, kind: "late", from: null };
    case "send-failed":
      return { ...draft, kind: "failed", from: null };
    default:
      return undefined;
  }
}

/** What an entry takes away again: a task given to another, a question that has been answered, a note taken back. */
export function settledBy(entry: Entry): Settled | undefined {
  const thread = textFact(entry.facts, "thread");
  const draft = entry.subject[0] ?? null;
  switch (entry.kind) {
    case "care-assigned":
      // Whoever had it before need not be reminded of it either.
      return { kinds: ["assigned", "overdue"], thread, entry: entry.id };
    case "care-noted":
      return entry.facts["undo"] === true
        ? { kinds: ["note-mention"], matter: textFact(entry.facts, "note"), entry: entry.id }
        : undefined;
    case "care-answered":
      return { kinds: ["overdue"], thread, entry: entry.id };
    case "care-status-changed":
      return nobodyWaits(entry) ? { kinds: ["overdue"], thread, entry: entry.id } : undefined;
    case "approval-given":
    case "approval-refused":
    case "approval-bypassed":
    case "approval-withdrawn":
      return { kinds: ["approval-asked"], draft, entry: entry.id };
    case "post-scheduled":
    case "schedule-withdrawn":
      return { kinds: ["late", "failed"], draft, entry: entry.id };
    default:
      return undefined;
  }
}

/** A conversation that has joined another: what was told of the one is about the other. */
export function joinedBy(entry: Entry): { from: string; thread: string } | undefined {
  if (entry.kind !== "care-joined") return undefined;
  const [from, thread] = [textFact(entry.facts, "from"), textFact(entry.facts, "thread")];
  return from && thread ? { from, thread } : undefined;
}

/** A person, or an office with all who speak for it. */
function assigneeOf(entry: Entry): Pick<Matter, "persons" | "account"> {
  const after = record(entry.facts["after"]);
  const person = textFact(after, "person");
  return { persons: person ? [person] : [], account: textFact(after, "account") };
}

function nobodyWaits(entry: Entry): boolean {
  return entry.facts["cause"] === "gone" || record(entry.facts["after"])["askedAt"] === null;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function textFact(facts: Record<string, unknown>, name: string): string | null {
  const value = facts[name];
  return typeof value === "string" ? value : null;
}
