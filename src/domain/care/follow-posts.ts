import type { Entry } from "#domain/journal/entry.ts";
import { officeHoursIn, type CareRules } from "./care-rules.ts";
import { dueBy } from "./due.ts";
import { officeTimeBetween } from "./office-time.ts";
import type { CareRow, KnownThreads, PostFacts } from "./read-threads.ts";

/** What is to be written in the journal about a care; its subject is known when the row has its id. */
export type CareFact = {
  care: CareRow;
  direction: "within";
  kind: "care-opened" | "care-reopened" | "care-answered" | "care-status-changed";
  account: string;
  person: string | null;
  post: string;
  facts: Record<string, unknown>;
};

/** Goes through what was said, in order, and changes the rows of `known` accordingly. Pure but for them. */
export function followPosts(known: KnownThreads, entries: readonly Entry[], rules: CareRules): CareFact[] {
  const facts: CareFact[] = [];
  const hours = officeHoursIn(rules);
  const tell = (care: CareRow, kind: CareFact["kind"], entry: Entry, more: Record<string, unknown> = {}) => {
    care.version += 1;
    known.touched.add(care);
    facts.push({
      care,
      direction: "within",
      kind,
      account: care.account,
      person: kind === "care-answered" ? entry.person : null,
      post: care.askedPost ?? care.thread,
      facts: { thread: care.thread, version: care.version, ...more },
    });
  };
  const ask = (care: CareRow, post: string, at: Temporal.Instant) => {
    care.askedPost = post;
    care.askedAt = at;
    care.dueAt = dueBy(rules, { account: care.account, tags: care.tags, askedAt: at });
    care.told = 0;
    const before = String(BigInt(post) - 1n);
    if (BigInt(before) < BigInt(care.settledPost)) care.settledPost = before;
  };
  const reopen = (care: CareRow, entry: Entry) => {
    care.status = care.assigneePerson || care.assigneeAccount ? "assigned" : "new";
    tell(care, "care-reopened", entry);
  };

  const heard = (post: PostFacts, entry: Entry): void => {
    if (!post.addressed || post.ours || post.gone) return;
    const care = known.cares.get(post.thread);
    if (!care) {
      const fresh = newCare(post, post.addressed);
      known.cares.set(post.thread, fresh);
      ask(fresh, post.id, post.arrivedAt);
      tell(fresh, "care-opened", entry);
      return;
    }
    if (care.askedAt && care.askedPost === post.id) {
      // Somebody took it up before it was opened here: it has not been promised a time yet.
      ask(care, post.id, post.arrivedAt);
      tell(care, "care-opened", entry);
      return;
    }
    if (!care.askedAt) ask(care, post.id, post.arrivedAt);
    else if (care.status === "new" || care.status === "assigned") return;
    reopen(care, entry);
  };

  const answered = (post: PostFacts, entry: Entry): void => {
    const care = known.cares.get(post.thread);
    if (!care || post.within) return;
    if (!care.askedAt) {
      if (care.status !== "waiting") return;
    } else
      known.answered.push({
        care,
        askedAt: care.askedAt,
        answeredAt: entry.at,
        officeSeconds: Math.round(officeTimeBetween(hours, care.askedAt, entry.at)),
        person: entry.person,
        post: post.id,
      });
    settle(care, post.id);
    care.status = "answered";
    tell(care, "care-answered", entry, { answer: post.id });
  };

  /** Our answer was taken away again: unless we have said something else, the question waits as before. */
  const unanswered = (post: PostFacts, entry: Entry): void => {
    const answer = known.answers.get(post.id);
    const care = known.cares.get(post.thread);
    if (!answer || !care || answer.elsewhere) return;
    known.takenBack.push(post.id);
    if (care.status !== "answered" || !care.askedPost) return;
    ask(care, care.askedPost, answer.askedAt);
    reopen(care, entry);
  };

  /** What somebody asked is no longer there: what they asked after it waits instead, or nothing does. */
  const gone = (post: PostFacts, entry: Entry): void => {
    const care = known.cares.get(post.thread);
    if (!care?.askedAt || care.askedPost !== post.id || !post.gone) return;
    const next = known.open.get(care.thread)?.find((one) => BigInt(one.post) > BigInt(post.id));
    if (next) ask(care, next.post, next.arrivedAt);
    else {
      settle(care, post.id);
      care.status = "nothing-to-answer";
    }
    tell(care, "care-status-changed", entry, { cause: "gone" });
  };

  for (const entry of entries) {
    const post = entry.post ? known.posts.get(entry.post) : undefined;
    if (!post) continue;
    switch (entry.kind) {
      case "post-received":
        heard(post, entry);
        break;
      case "post-published":
        answered(post, entry);
        break;
      case "post-deleted":
        unanswered(post, entry);
        break;
      case "post-delete-received":
      case "post-hidden":
        gone(post, entry);
        break;
      case "post-unhidden": {
        const care = known.cares.get(post.thread);
        // Only what its hiding had settled: an answer or a decision of ours still holds.
        if (care?.status === "nothing-to-answer" && care.askedPost === post.id) heard(post, entry);
      }
    }
  }
  return facts;
}

function newCare(post: PostFacts, account: NonNullable<PostFacts["addressed"]>): CareRow {
  return {
    id: "",
    thread: post.thread,
    account,
    network: post.network,
    status: "new",
    assigneePerson: null,
    assigneeAccount: null,
    askedPost: null,
    askedAt: null,
    dueAt: null,
    told: 0,
    settledPost: String(BigInt(post.id) - 1n),
    version: 0,
    tags: [],
  };
}

function settle(care: CareRow, ...through: (string | null | undefined)[]): void {
  care.askedAt = null;
  care.dueAt = null;
  care.told = 0;
  for (const post of through) if (post && BigInt(post) > BigInt(care.settledPost)) care.settledPost = post;
}
