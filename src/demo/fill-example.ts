import { createAccount } from "#domain/accounts/create-account.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import { findAuthorityAccount, findOwnAccount, type Account } from "#domain/accounts/account.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { listAuthorities, type Authority } from "#domain/authorities/authority.ts";
import { storeUpload } from "#domain/media/store-picture.ts";
import { findFirstAdmin } from "#domain/people/first-admin.ts";
import { addPerson, type Person } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { Services } from "#context.ts";
import { setUpAuthority } from "#set-up-authority.ts";
import { arrangeDecks } from "./arrange-decks.ts";
import { askQuestions } from "./ask-questions.ts";
import { paint, type Drawing } from "./drawings.ts";
import { leaveDrafts } from "./leave-drafts.ts";
import { shareWork } from "./share-work.ts";
import { tellStory, type Story } from "./tell-story.ts";

export type Example = { authority: Authority; admin: Person; voice: Account; office: Account };

/** Of the second person in the example, for whoever wants to see two at work. */
export const colleagueEmail = "maria@exempelkommun.example";

/** Makes the example authority as it looks after some weeks of use. Done before, it changes nothing. */
export async function fillExample(
  services: Pick<Services, "db" | "mediaStore" | "clock" | "config" | "journal">,
): Promise<void> {
  const { db, clock } = services;
  if ((await db.system(listAuthorities)).length > 0) return;
  const authority = await openAuthority(services);
  const { id } = authority;
  const officeKeys = await newKeyPair();
  const admin = found(await db.read(id, (tx) => findFirstAdmin(tx, id)));
  const pictures: Record<Drawing, string> = {
    pool: await keep(services, authority, admin, "pool"),
    map: await keep(services, authority, admin, "map"),
    school: await keep(services, authority, admin, "school"),
  };
  const opened = hearOpened(services.journal);
  // One transaction: a start that is broken off leaves no half a story.
  const { example, story, last } = await db.as(id, async (tx) => {
    const office = {
      handle: "kommunchef",
      name: "Kommunchefen",
      kind: "office",
      role: "Kommunchef",
      answers: "Exempelkommun",
    } as const;
    const done = await createAccount(tx, authority, office, officeKeys, admin.id);
    if (done.outcome !== "created") throw new Error(`the example's office: ${done.outcome}`);
    await grantAccount(tx, id, { person: admin.id, account: done.id }, admin.id);
    const example = {
      authority,
      admin,
      voice: found(await findAuthorityAccount(tx, id)),
      office: found(await findOwnAccount(tx, id, "kommunchef")),
    };
    const noon = lastNoon(clock(), authority.zone);
    const story = await tellStory(tx, example, pictures, noon);
    return { example, story, last: await askQuestions(tx, example, story, noon) };
  });
  // What colleagues do with a conversation comes after what follows from its posts by itself.
  await opened(last);
  await db.as(id, (tx) => workTogether(tx, example, story, clock()));
}

/** A colleague joins, and the two make the deck their own. */
async function workTogether(
  tx: Transaction,
  example: Example,
  { threads, residents }: Story,
  now: Temporal.Instant,
): Promise<void> {
  const { id } = example.authority;
  const added = await addPerson(
    tx,
    id,
    { name: "Maria Exempel", email: colleagueEmail, roles: [], language: "sv" },
    example.admin.id,
  );
  if (added.outcome !== "added") throw new Error(`the example's colleague: ${added.outcome}`);
  for (const { id: account } of [example.voice, example.office])
    await grantAccount(tx, id, { person: added.id, account }, example.admin.id);
  await shareWork(tx, example, added.id, threads, now);
  await arrangeDecks(tx, example, added.id, residents);
  await leaveDrafts(tx, example, added.id, now);
}

/** A journal that is not followed must not keep whoever started Torg waiting for nothing. */
const longestWaitMs = 30_000;

/** Begins to listen; what it returns waits until a conversation, and so each before it, has been opened as work. */
function hearOpened(journal: Services["journal"]): (thread: string) => Promise<void> {
  const opened = new Set<unknown>();
  let wake = () => {};
  const stop = journal.onEntries((entries) => {
    for (const entry of entries) if (entry.kind === "care-opened") opened.add(entry.facts["thread"]);
    wake();
  });
  return async (thread) => {
    const limit = AbortSignal.timeout(longestWaitMs);
    limit.addEventListener("abort", () => wake());
    while (!opened.has(thread) && !limit.aborted) await new Promise<void>((resolve) => (wake = resolve));
    stop();
    if (!opened.has(thread)) throw new Error("the example's questions were not opened as work in time");
  };
}

async function openAuthority({ db, config }: Pick<Services, "db" | "config">): Promise<Authority> {
  const keys = await newKeyPair();
  return db.system(async (tx) => {
    const done = await setUpAuthority(tx, {
      name: "Exempelkommun",
      municipality: "0000",
      languages: ["sv", "en"],
      domain: config.url.host,
      handleDomain: config.url.host,
      email: "kommun@exempelkommun.example",
      account: { handle: "exempelkommun", name: "Exempelkommun", kind: "authority" },
      admin: { name: "Anna Exempel", email: "anna@exempelkommun.example" },
      keys,
    });
    if (done.outcome !== "created") throw new Error(`the example could not be set up: ${done.outcome}`);
    return done.authority;
  });
}

async function keep(
  { db, mediaStore }: Pick<Services, "db" | "mediaStore">,
  authority: Authority,
  admin: Person,
  drawing: Drawing,
): Promise<string> {
  const stored = await storeUpload(db, mediaStore, authority.id, {
    bytes: await paint(drawing),
    person: admin.id,
  });
  if (stored.outcome !== "stored") throw new Error(`the example's picture: ${stored.outcome}`);
  return stored.id;
}

/** The story is told back from one o'clock in the afternoon, so that its mornings are mornings. */
function lastNoon(now: Temporal.Instant, zone: string): Temporal.Instant {
  const here = now.toZonedDateTimeISO(zone);
  const noon = here.withPlainTime("13:00");
  return (Temporal.ZonedDateTime.compare(noon, here) <= 0 ? noon : noon.subtract({ days: 1 })).toInstant();
}

function found<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error("the example is incomplete: remove its data folder and start again");
  return value;
}
