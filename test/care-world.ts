import assert from "node:assert/strict";
import { createAccount } from "#domain/accounts/create-account.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { assign } from "#domain/care/assign.ts";
import { careHistory } from "#domain/care/care-history.ts";
import { careSubscription } from "#domain/care/care-subscription.ts";
import { careOf, type Care } from "#domain/care/care.ts";
import { changeStatus } from "#domain/care/status.ts";
import { entriesAfter } from "#domain/journal/entry.ts";
import { addPerson } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import { publishPost, type NewPost } from "#domain/posts/publish-post.ts";
import { receivePost, type IncomingPost } from "#domain/posts/receive-post.ts";
import { testDatabase } from "./database.ts";
import { exampleAuthority, exampleIncoming, exampleRemote } from "./example.ts";

const now = Temporal.Instant.from("2026-11-23T08:00:00Z");

/** An authority with two colleagues, somebody who asks, and the care of it all followed on demand. */
export async function careWorld(scope: Parameters<typeof testDatabase>[0]) {
  const { db } = await testDatabase(scope);
  const { authority, office, voice, person } = await exampleAuthority(db);
  const asa = await exampleRemote(db, authority, "asa", "a.example");
  const by = { person, accounts: [office.id, voice.id] };
  const bo = await db.as(authority.id, async (tx) => {
    const added = await addPerson(
      tx,
      authority.id,
      { name: "Bo Exempel", email: "bo@example.se", roles: [], language: "sv" },
      undefined,
    );
    if (added.outcome !== "added") return assert.fail();
    await grantAccount(tx, authority.id, { person: added.id, account: office.id }, undefined);
    return { person: added.id, accounts: [office.id] };
  });
  const keys = await newKeyPair();
  const library = await db.as(authority.id, async (tx) => {
    const made = await createAccount(
      tx,
      authority,
      { handle: "biblioteket", name: "Biblioteket", kind: "office", role: "Bibliotek" },
      keys,
      undefined,
    );
    return made.outcome === "created" ? made.id : assert.fail();
  });

  let position = "0";
  /** Lets the subscription follow what has happened since the last time, in batches of `size`. */
  async function follow(size = 200): Promise<void> {
    await db.system(async (tx) => {
      await tx`update journal set number = place.number from (
        select id, (select coalesce(max(number), 0) from journal) + row_number() over (order by id) as number
        from journal where number is null) place where journal.id = place.id`;
    });
    const subscription = careSubscription();
    for (;;) {
      const entries = await db.as(authority.id, async (tx) => {
        const entries = await entriesAfter(tx, position, size);
        const wanted = entries.filter((entry) => subscription.kinds.includes(entry.kind));
        if (wanted.length > 0) await subscription.handle(tx, authority.id, wanted);
        return entries;
      });
      const last = entries.at(-1);
      if (!last) return;
      position = last.number;
    }
  }

  let serial = 0;
  async function hear(more: Partial<IncomingPost> = {}): Promise<PostId> {
    const uri = `https://a.example/posts/${++serial}`;
    const received = await db.as(authority.id, (tx) =>
      receivePost(
        tx,
        authority.id,
        exampleIncoming({
          uri,
          author: asa,
          source: "Hej",
          publishedAt: now,
          mentioned: [office.id],
          ...more,
        }),
        "always",
      ),
    );
    return received.outcome === "received" ? received.id : assert.fail(received.outcome);
  }
  async function say(source: string, more: Partial<NewPost> = {}): Promise<PostId> {
    const done = await db.as(authority.id, (tx) =>
      publishPost(
        tx,
        authority,
        {
          kind: "note",
          sourceType: "plain",
          source,
          language: "sv",
          attachments: [],
          account: office.id,
          person,
          visibility: "public",
          capacity: "office",
          ...more,
        },
        now,
      ),
    );
    return done.outcome === "published" ? done.id : assert.fail(done.outcome);
  }
  async function careFor(thread: string): Promise<Care> {
    const found = await db.read(authority.id, (tx) => careOf(tx, authority.id, [thread]));
    return found.get(thread as PostId) ?? assert.fail("no care");
  }
  const kinds = async (thread: string) =>
    (await db.read(authority.id, async (tx) => careHistory(tx, authority.id, await careFor(thread))))
      .map((change) => change.kind)
      .toReversed();
  const give = (thread: string, to: object, seen?: number, who = by) =>
    db.as(authority.id, (tx) => assign(tx, authority.id, { thread, to, seen }, who));
  const status = (thread: string, to: "open" | "waiting" | "closed" | "nothing-to-answer", seen?: number) =>
    db.as(authority.id, (tx) => changeStatus(tx, authority.id, { thread, to, seen }, by, now));
  const answers = (care: string) =>
    db.read(
      authority.id,
      (tx) => tx<{ post: string; person: string }[]>`
      select post, person from care_answer where authority = ${authority.id} and care = ${care}`,
    );

  return {
    db,
    authority,
    office,
    voice,
    person,
    asa,
    now,
    by,
    bo,
    library,
    follow,
    hear,
    say,
    careFor,
    kinds,
    give,
    status,
    answers,
  };
}
