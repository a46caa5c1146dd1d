import { setAbsence } from "#domain/care/absence.ts";
import { keepCanned } from "#domain/care/canned-answers.ts";
import { addClosedDay, setTarget } from "#domain/care/change-care-rules.ts";
import { loadCareRules } from "#domain/care/care-rules.ts";
import type { PostId } from "#domain/posts/post.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import { blocksFromPlain } from "#domain/text/from-plain.ts";
import { act, onPost, own, page, type Row, type World } from "./route-row.ts";

const care = "/deck/settings/care";
const rules = `${care}/rules`;
const canned = `${care}/canned`;
const absence = `${care}/absence`;
const account = (w: World) => `${rules}/accounts/${w.a.office.id}`;
const by = (w: World) => ({ person: w.a.person, now: Temporal.Now.instant() });

/** How the inbox is to be answered: seen by all, set by administrators or by who speaks for the account. */
export const careRulesTable: Row[] = [
  page(care, care, [303, 200, 200, 200]),
  page(`${care}/answer-times.csv`, `${care}/answer-times.csv`, [303, 200, 200, 200]),
  page(rules, rules, [303, 200, 200, 200]),
  act(
    rules,
    () => rules,
    [401, 303, 403, 303],
    () => ({ d1: "8–16.30", d2: "8–12, 13–17", deputyAfter: "4", eve: "christmas-eve" }),
  ),
  act(
    `${rules}/closed-days`,
    () => `${rules}/closed-days`,
    [401, 303, 403, 303],
    (w) => ({ day: dayAfter(w.next()), dayName: "Planeringsdag" }),
  ),
  act(`${rules}/closed-days/remove`, closedDay, [401, 303, 403, 303], () => ({ day: made })),
  act(
    `${rules}/targets`,
    () => `${rules}/targets`,
    [401, 303, 403, 303],
    (w) => ({ account: "", tag: `tagg${w.next()}`, hours: "1,5" }),
  ),
  act(`${rules}/targets/remove`, target, [401, 303, 403, 303], () => ({ target: made })),
  page(`${rules}/accounts/:account`, account, [303, 404, 403, 200]),
  act(`${rules}/accounts/:account`, account, [401, 404, 403, 303], () => ({
    deputy: "",
    "way-sv": "Ring oss.",
  })),

  page(canned, canned, [303, 200, 200, 200]),
  page(`${canned}/new`, `${canned}/new`, [303, 200, 403, 200]),
  act(
    `${canned}/new`,
    () => `${canned}/new`,
    [401, 303, 403, 303],
    (w, who) => ({ ...own(w, who), ...answer }),
  ),
  page(`${canned}/:canned{[1-9][0-9]{17,18}}`, kept, [303, 404, 403, 200]),
  act(`${canned}/:canned{[1-9][0-9]{17,18}}`, kept, [401, 404, 403, 303], (w, who) => ({
    ...own(w, who),
    ...answer,
  })),
  act(
    `${canned}/:canned{[1-9][0-9]{17,18}}/remove`,
    async (w) => `${await kept(w)}/remove`,
    [401, 404, 403, 303],
  ),
  page("/deck/canned", (w) => `/deck/canned?account=${w.a.office.id}`, [303, 403, 403, 200]),

  page(absence, absence, [303, 200, 200, 200]),
  act(
    absence,
    () => absence,
    [401, 303, 303, 303],
    (w) => {
      const day = dayAfter(w.next());
      return { from: day, until: day, substitute: "" };
    },
  ),
  act(`${absence}/remove`, away, [401, 303, 303, 303], () => ({ absence: made }), { idle: ["without"] }),

  page(`${care}/concerns`, `${care}/concerns`, [303, 200, 200, 200]),
  act(
    onPost("/concern"),
    async (w) => `/deck/posts/${await whispered(w)}/concern`,
    [401, 404, 404, 303],
    () => ({
      concerns: "yes",
    }),
  ),
  page(onPost("/safe-channel"), (w) => `/deck/posts/${w.answer}/safe-channel`, [303, 404, 403, 200]),
  act(
    onPost("/safe-channel"),
    (w) => `/deck/posts/${w.answer}/safe-channel`,
    [401, 404, 403, 303],
    (w, who) => ({ ...own(w, who), text: "Ring oss i stället.", language: "sv", once: `ring-${w.next()}` }),
  ),
];

const answer = { name: "Öppettider", text: "Hej {namn}!", language: "sv", source: "", expires: "" };

function dayAfter(days: number): string {
  return Temporal.PlainDate.from("2031-01-01").add({ days }).toString();
}

/** What the latest path has put there, for the form that takes it away. */
let made = "";

async function closedDay(w: World): Promise<string> {
  const { id } = w.a.authority;
  made = dayAfter(w.next());
  await w.a.torg.db.as(id, (tx) => addClosedDay(tx, id, { day: made, name: "Flytt" }, by(w)));
  return `${rules}/closed-days/remove`;
}

async function target(w: World): Promise<string> {
  const { id } = w.a.authority;
  const tag = `bort${w.next()}`;
  const { targets } = await w.a.torg.db.as(id, async (tx) => {
    await setTarget(tx, id, { account: null, tag, minutes: 60 }, by(w));
    return loadCareRules(tx, id);
  });
  made = targets.find((one) => one.tag === tag)?.id ?? "";
  return `${rules}/targets/remove`;
}

async function away(w: World): Promise<string> {
  const { id } = w.a.authority;
  const day = dayAfter(w.next());
  const absent = { person: w.a.person, firstDay: day, lastDay: day, substitute: null };
  const set = await w.a.torg.db.as(id, (tx) => setAbsence(tx, id, absent, w.a.person));
  if (set.outcome !== "set") throw new Error(set.outcome);
  made = set.id;
  return `${absence}/remove`;
}

async function kept(w: World): Promise<string> {
  const { id } = w.a.authority;
  const draft = {
    account: w.a.office.id,
    language: "sv",
    name: "Bad",
    text: "Hej",
    sourceUrl: null,
    expiresOn: null,
  } as const;
  const done = await w.a.torg.db.as(id, (tx) => keepCanned(tx, id, undefined, draft, by(w)));
  if (done.outcome !== "kept") throw new Error(done.outcome);
  return `${canned}/${done.id}`;
}

/** A direct message to the office. */
async function whispered(w: World): Promise<PostId> {
  const { id } = w.a.authority;
  const uri = `${w.remote.origin}/posts/${w.next()}`;
  const received = await w.a.torg.db.as(id, (tx) =>
    receivePost(
      tx,
      id,
      {
        kind: "note",
        visibility: "direct",
        network: "fediverse",
        uri,
        url: uri,
        author: w.stranger,
        inReplyTo: null,
        mentioned: [w.a.office.id],
        source: "Hur går det med mitt ärende?",
        blocks: blocksFromPlain("Hur går det med mitt ärende?"),
        title: null,
        warning: null,
        language: "sv",
        pictures: [],
        publishedAt: Temporal.Now.instant(),
        editedAt: null,
        entry: null,
      },
      "always",
    ),
  );
  if (received.outcome !== "received") throw new Error(received.outcome);
  return received.id;
}
