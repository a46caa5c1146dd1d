import { grantAccount } from "#domain/accounts/grants.ts";
import { keepDraft, type Written } from "#domain/drafts/keep-draft.ts";
import { submitDraft, type Submission } from "#domain/drafts/submit-draft.ts";
import { throwAway } from "#domain/drafts/take-back.ts";
import type { PersonId } from "#domain/people/person.ts";
import { contentOf } from "../draft-desk.ts";
import { act, ours, page, type Row, type World } from "./route-row.ts";

const draft = (rest: string) => `/deck/drafts/:id{[1-9][0-9]{17,18}}${rest}`;
const at = (rest: string, make: (w: World) => Promise<string>) => async (w: World) =>
  `/deck/drafts/${await make(w)}${rest}`;

/** What is being written, and what waits to go out: each is its writer's, and the approver's while it waits. */
export const draftTable: Row[] = [
  page("/deck/drafts", "/deck/drafts", [303, 200, 200, 200]),
  page("/deck/planned", "/deck/planned?week=2026-W48", [303, 200, 200, 200]),
  act(
    "/deck/drafts",
    () => "/deck/drafts",
    [401, 200, 200, 200],
    (w) => ({ ...ours(w), text: `Utkast ${w.next()}`, once: `a-key-of-a-draft-${w.next()}` }),
  ),
  page(draft(""), at("", kept), [303, 404, 404, 200]),
  act(draft("/undo"), at("/undo", thrown), [401, 404, 404, 303]),
  act(draft("/now"), at("/now", planned), [401, 404, 404, 303]),
  act(draft("/delete"), at("/delete", kept), [401, 404, 404, 303]),
  act(draft("/unschedule"), at("/unschedule", planned), [401, 404, 404, 303]),
  act(draft("/replan"), at("/replan", planned), [401, 404, 404, 303], () => ({ when: "2091-01-02T08:00" })),
  act(draft("/bypass"), at("/bypass", awaiting), [401, 404, 404, 303], () => ({ reason: "Bråttom." })),
  act(draft("/approve"), at("/approve", colleagues), [401, 404, 404, 303], () => ({ version: "1" })),
  act(draft("/refuse"), at("/refuse", colleagues), [401, 404, 404, 303], () => ({
    version: "1",
    comment: "Nej.",
  })),
];

function written(w: World, person: PersonId): Written {
  const n = w.next();
  return {
    person,
    once: `a-key-of-the-table-${n}`,
    to: { mode: "new" },
    content: contentOf(w.a.office, `Utkast ${n}`),
    reason: "",
    postVersion: null,
    seen: null,
    localTime: null,
    blank: false,
  };
}

async function kept(w: World): Promise<string> {
  const { id } = w.a.authority;
  const draft = await w.a.torg.db.as(id, (tx) =>
    keepDraft(tx, id, written(w, w.a.person), Temporal.Now.instant()),
  );
  if (!("id" in draft)) throw new Error(draft.outcome);
  return draft.id;
}

async function thrown(w: World): Promise<string> {
  const draft = await kept(w);
  const { authority, person } = w.a;
  await w.a.torg.db.as(authority.id, (tx) =>
    throwAway(tx, authority, draft as Parameters<typeof throwAway>[2], person, Temporal.Now.instant()),
  );
  return draft;
}

function planned(w: World): Promise<string> {
  return submitted(w, w.a.person, { wish: "schedule", localTime: "2091-01-01T08:00" });
}

function awaiting(w: World): Promise<string> {
  return submitted(w, w.a.person, { wish: "ask" });
}

/** Of a colleague, for the one who is granted to decide on. */
async function colleagues(w: World): Promise<string> {
  const { id } = w.a.authority;
  const person = await w.a.colleague();
  await w.a.torg.db.as(id, (tx) => grantAccount(tx, id, { person, account: w.a.office.id }, w.a.person));
  return submitted(w, person, { wish: "ask" });
}

async function submitted(w: World, person: PersonId, more: Partial<Submission>): Promise<string> {
  const { authority, office } = w.a;
  const submission: Submission = {
    ...written(w, person),
    wish: "publish",
    bypassReason: "",
    account: office,
    viewer: { kind: "staff", accounts: [office.id] },
    ...more,
  };
  const done = await w.a.torg.db.as(authority.id, (tx) =>
    submitDraft(tx, authority, submission, Temporal.Now.instant(), 0),
  );
  if (!("draft" in done)) throw new Error(done.outcome);
  return done.draft;
}
