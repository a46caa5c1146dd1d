import { changeTags } from "#domain/care/tags.ts";
import { act, page, type Row, type World } from "./route-row.ts";
import { heard } from "./deck-routes.ts";

const care = "/deck/care";
const thread = `${care}/:thread{[1-9][0-9]{17,18}}`;

/** The inbox as shared work: any grant to an account that is spoken to, and nobody else. */
export const careTable: Row[] = [
  page(care, care, [303, 200, 200, 200]),
  page(`${care}/waiting`, `${care}/waiting`, [303, 200, 200, 200]),
  page(`${care}/bulk`, `${care}/bulk?step=assign`, [303, 200, 200, 200]),
  page(thread, (w) => `${care}/${w.question}`, [303, 404, 404, 200]),
  ...(["assign", "status", "tags", "note"] as const).map((step) =>
    act(
      `${thread}/${step}`,
      async (w) => (await heard(w), `${care}/${w.question}/${step}`),
      [401, 404, 403, 303],
      (w) => forms(w)[step],
    ),
  ),
  act(
    `${care}/bulk`,
    async (w) => (await heard(w), `${care}/bulk`),
    [401, 303, 303, 303],
    (w) => ({ act: "tag", tags: `märke ${w.next()}`, chosen: w.question }),
    // The list says which were not done, and why.
    { idle: ["elsewhere", "without"] },
  ),
  act(
    `${care}/undo`,
    async (w) => (await tagged(w), `${care}/undo`),
    [401, 404, 403, 303],
    (w) => ({ done: done.get(w) ?? "" }),
  ),
];

function forms(w: World) {
  return {
    assign: { to: "me" },
    status: { to: "waiting" },
    tags: { tags: `märke ${w.next()}` },
    note: { text: `Notering ${w.next()}` },
  };
}

/** What the latest act left, as its undo names it. */
const done = new WeakMap<World, string>();

async function tagged(w: World): Promise<void> {
  await heard(w);
  const { id } = w.a.authority;
  const by = { person: w.a.person, accounts: [w.a.office.id] };
  const asked = { thread: w.question, add: [`märke ${w.next()}`], remove: [] };
  const act = await w.a.torg.db.as(id, (tx) => changeTags(tx, id, asked, by));
  if (act.outcome === "done") done.set(w, `${act.thread}.${act.version}`);
}
