import { setAccountCare } from "#domain/care/account-care.ts";
import { assign } from "#domain/care/assign.ts";
import { keepCanned } from "#domain/care/canned-answers.ts";
import { loadCareRules, officeHoursIn } from "#domain/care/care-rules.ts";
import { setOfficeHours, setTarget } from "#domain/care/change-care-rules.ts";
import { usualEves } from "#domain/care/care-rules.ts";
import { addNote } from "#domain/care/notes.ts";
import { officeTimeBetween, type OfficeHours } from "#domain/care/office-time.ts";
import { tellOverdue } from "#domain/care/overdue.ts";
import { changeStatus } from "#domain/care/status.ts";
import { changeTags } from "#domain/care/tags.ts";
import type { Actor } from "#domain/care/take-up.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { Example } from "./fill-example.ts";
import { canned, contactWays, names, notes } from "./questions.ts";
import type { Story } from "./tell-story.ts";

/** Within how many office minutes an answer is promised. */
const usualTarget = 8 * 60;
const urgentTarget = 60;

/** Anna and her colleague have shared out what waits: the deck shows care in each of its states. */
export async function shareWork(
  tx: Transaction,
  { authority: { id }, admin, voice, office }: Example,
  colleague: PersonId,
  { bus, square, water, blog, morning }: Story["threads"],
  now: Temporal.Instant,
): Promise<void> {
  const accounts = [voice.id, office.id];
  const anna: Actor = { person: admin.id, accounts };
  const maria: Actor = { person: colleague, accounts };
  await setRules(tx, id, voice.id, admin.id, colleague, now);

  // Answered once; what was said turned out to be wrong, and whoever asked has waited longer than was promised.
  const hours = officeHoursIn(await loadCareRules(tx, id));
  const reopened = backInOfficeTime(hours, now, usualTarget + 90);
  done(await changeStatus(tx, id, { thread: bus, to: "open" }, maria, reopened));
  done(await assign(tx, id, { thread: bus, to: { person: admin.id } }, maria));
  done(await addNote(tx, id, { thread: bus, text: notes.bus }, maria, reopened));
  done(await assign(tx, id, { thread: morning, to: { person: colleague } }, anna));
  done(await changeTags(tx, id, { thread: morning, add: [names.poolTag], remove: [] }, anna));
  done(await addNote(tx, id, { thread: morning, text: notes.morning }, maria, now));
  done(await assign(tx, id, { thread: square, to: { account: office.id } }, anna));
  done(await changeTags(tx, id, { thread: square, add: [names.accessTag], remove: [] }, anna));
  done(await changeTags(tx, id, { thread: water, add: [names.disturbanceTag], remove: [] }, maria));
  done(await changeStatus(tx, id, { thread: blog, to: "nothing-to-answer" }, maria, now));
  await tellOverdue(tx, id, now);

  const by = { person: colleague, now };
  const language = "sv";
  const { passedOn, winter } = canned;
  const always = { account: null, language, sourceUrl: null, expiresOn: null } as const;
  kept(await keepCanned(tx, id, undefined, { ...always, ...passedOn }, by));
  // Soon out of date: somebody is to look it through.
  const expiresOn = now.toZonedDateTimeISO(hours.zone).toPlainDate().add({ days: 9 }).toString();
  const { source: sourceUrl, ...snow } = winter;
  kept(
    await keepCanned(tx, id, undefined, { account: voice.id, language, ...snow, sourceUrl, expiresOn }, by),
  );
}

async function setRules(
  tx: Transaction,
  id: Example["authority"]["id"],
  voice: Example["voice"]["id"],
  person: PersonId,
  deputy: PersonId,
  now: Temporal.Instant,
): Promise<void> {
  const by = { person, now };
  const [day, friday] = [
    { opens: 8 * 60, closes: 16 * 60 + 30 },
    { opens: 8 * 60, closes: 15 * 60 },
  ];
  const week = [[day], [day], [day], [day], [friday], [], []];
  await setOfficeHours(tx, id, { week, eves: usualEves, deputyAfter: 4 * 60 }, by);
  await setTarget(tx, id, { account: null, tag: null, minutes: usualTarget }, by);
  await setTarget(tx, id, { account: null, tag: names.disturbanceTag, minutes: urgentTarget }, by);
  await setAccountCare(tx, id, voice, { deputy, ways: contactWays }, person);
}

/** A moment since which so much office time has passed, whatever day and hour it is now. */
function backInOfficeTime(hours: OfficeHours, now: Temporal.Instant, minutes: number): Temporal.Instant {
  let since = now;
  while (officeTimeBetween(hours, since, now) < minutes * 60) since = since.subtract({ minutes: 15 });
  return since;
}

function done({ outcome }: { outcome: string }): void {
  if (outcome !== "done") throw new Error(`the example's shared work: ${outcome}`);
}

function kept({ outcome }: { outcome: string }): void {
  if (outcome !== "kept") throw new Error(`the example's canned answer: ${outcome}`);
}
