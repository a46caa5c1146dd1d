import { createAccount } from "#domain/accounts/create-account.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import { findAuthorityAccount, findOwnAccount, type Account } from "#domain/accounts/account.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { listAuthorities, type Authority } from "#domain/authorities/authority.ts";
import { storeUpload } from "#domain/media/store-picture.ts";
import { findFirstAdmin } from "#domain/people/first-admin.ts";
import type { Person } from "#domain/people/person.ts";
import type { Services } from "#context.ts";
import { setUpAuthority } from "#set-up-authority.ts";
import { paint, type Drawing } from "./drawings.ts";
import { tellStory } from "./tell-story.ts";

export type Example = { authority: Authority; admin: Person; voice: Account; office: Account };

/** Makes the example authority as it looks after some weeks of use. Done before, it changes nothing. */
export async function fillExample(
  services: Pick<Services, "db" | "mediaStore" | "clock" | "config">,
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
  // One transaction: a start that is broken off leaves no half a story.
  await db.as(id, async (tx) => {
    const office = {
      handle: "kommunchef",
      name: "Kommunchefen",
      kind: "office",
      role: "Kommunchef",
      answers: "Exempelkommun",
    } as const;
    const opened = await createAccount(tx, authority, office, officeKeys, admin.id);
    if (opened.outcome !== "created") throw new Error(`the example's office: ${opened.outcome}`);
    await grantAccount(tx, id, { person: admin.id, account: opened.id }, admin.id);
    const example = {
      authority,
      admin,
      voice: found(await findAuthorityAccount(tx, id)),
      office: found(await findOwnAccount(tx, id, "kommunchef")),
    };
    await tellStory(tx, example, pictures, lastNoon(clock(), authority.zone));
  });
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
