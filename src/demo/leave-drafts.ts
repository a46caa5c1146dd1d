import type { Account } from "#domain/accounts/account.ts";
import { unusualTime } from "#domain/checks/unusual-time.ts";
import { plainContent } from "#domain/drafts/content.ts";
import { keepDraft, type Written } from "#domain/drafts/keep-draft.ts";
import { submitDraft, type Submission } from "#domain/drafts/submit-draft.ts";
import { park } from "#domain/drafts/take-back.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { Example } from "./fill-example.ts";
import { drafts } from "./questions.ts";

/** One text begun, one planned for the next working day, one that waits to be read by Anna. */
export async function leaveDrafts(
  tx: Transaction,
  { authority, admin, voice, office }: Example,
  colleague: PersonId,
  now: Temporal.Instant,
): Promise<void> {
  const begun = await keepDraft(tx, authority.id, written(admin.id, office, drafts.begun, "begun"), now);
  if (begun.outcome !== "kept") throw new Error(`the example's draft: ${begun.outcome}`);
  // Put aside, so that the deck opens with an empty composer.
  await park(tx, authority, begun.id, admin.id);
  const planned: Submission = {
    ...written(admin.id, voice, drafts.planned, "planned"),
    localTime: nextWorkingMorning(now.toZonedDateTimeISO(authority.zone)).toString({
      smallestUnit: "minute",
    }),
    wish: "schedule",
    bypassReason: "",
    account: voice,
    viewer: { kind: "staff", accounts: [voice.id, office.id] },
  };
  const awaiting: Submission = {
    ...planned,
    ...written(colleague, voice, drafts.awaiting, "awaiting"),
    wish: "ask",
  };
  for (const what of [planned, awaiting]) {
    const { outcome } = await submitDraft(tx, authority, what, now, 0);
    if (outcome !== "scheduled" && outcome !== "awaiting") throw new Error(`the example's draft: ${outcome}`);
  }
}

function written(person: PersonId, account: Account, text: string, key: string): Written {
  return {
    person,
    once: `example-draft-${key}`,
    to: { mode: "new" },
    content: plainContent({
      account: account.id,
      capacity: account.kind === "office" ? "office" : "authority",
      visibility: "public",
      language: "sv",
      text,
    }),
    reason: "",
    postVersion: null,
    seen: null,
    localTime: null,
    blank: false,
  };
}

/** Eight o'clock on the next day that is neither weekend nor holiday. */
function nextWorkingMorning(now: Temporal.ZonedDateTime): Temporal.PlainDateTime {
  let morning = now.add({ days: 1 }).withPlainTime("08:00");
  while (unusualTime(morning)) morning = morning.add({ days: 1 });
  return morning.toPlainDateTime();
}
