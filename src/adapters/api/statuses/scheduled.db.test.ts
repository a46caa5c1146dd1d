import assert from "node:assert/strict";
import { test } from "node:test";
import { jobs } from "#app.ts";
import { plainContent } from "#domain/drafts/content.ts";
import { submitDraft } from "#domain/drafts/submit-draft.ts";
import { systemClock } from "#platform/clock.ts";
import { startClientWorld } from "#test/client-world.ts";
import { assertEntity } from "#test/client-schemas/assert-entity.ts";
import { testDatabase } from "#test/database.ts";
import { fileScope } from "#test/file-scope.ts";
import type { Status } from "../entities/status.ts";
import type { ScheduledStatus } from "./scheduled-entity.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
let ahead = 0;
const clock = () => systemClock().add({ minutes: ahead });
const world = await startClientWorld(scope, db, { clock });
const { authority, office, voice } = world;
const token = await world.token(["read", "write"]);
type Refusal = { error: string };
const send = <Body = ScheduledStatus & Refusal>(
  method: string,
  path: string,
  form?: Record<string, string>,
  headers = {},
) => world.api<Body>(method, `/api/v1/${path}`, { token, headers, ...(form ? { form } : {}) });
const inMinutes = (minutes: number) =>
  clock().add({ minutes }).round({ smallestUnit: "minute", roundingMode: "ceil" }).toString();
const planned = async () => (await send<ScheduledStatus[]>("GET", "scheduled_statuses")).body;

test("what is planned goes out at its time, once, and its key goes on standing for it", async () => {
  const at = inMinutes(30);
  const question = await world.hear("När?");
  const form = { status: "I morgon", scheduled_at: at, in_reply_to_id: question, visibility: "unlisted" };
  const headers = { "idempotency-key": "plan" };
  const answers = await Promise.all([
    send("POST", "statuses", form, headers),
    send("POST", "statuses", form, headers),
  ]);
  const [first, second] = answers.map(({ body }) => body);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  );
  assertEntity("ScheduledStatus", first);
  assert.equal(first?.id, second?.id);
  assert.equal(
    Temporal.Instant.from(first?.scheduled_at ?? "").toString(),
    Temporal.Instant.from(at).toString(),
  );
  assert.deepEqual([first?.params.text, first?.params.visibility], ["I morgon", "unlisted"]);
  assert.deepEqual(
    (await planned()).map(({ id }) => id),
    [first?.id],
  );
  const due = jobs(world.services)["send-due-drafts"] ?? assert.fail();
  await due({});
  assert.equal((await planned()).length, 1);
  ahead += 31;
  await due({});
  await due({});
  assert.deepEqual(await planned(), []);
  const sent = await send<Status>("POST", "statuses", { ...form, scheduled_at: inMinutes(30) }, headers);
  assert.deepEqual([sent.body.content, sent.body.in_reply_to_id], ["<p>I morgon</p>", question]);
});

test("a time that is too near, or none, is refused", async () => {
  for (const [at, error] of [
    [inMinutes(3), /fem minuter/],
    ["i morgon", /går inte att läsa/],
  ] as const) {
    const { status, body } = await send("POST", "statuses", { status: "Hej", scheduled_at: at });
    assert.equal(status, 422);
    assert.match(body.error, error);
  }
  assert.deepEqual(await planned(), []);
});

test("a checked number stops what is planned at once, and not at its time", async () => {
  const { status, body } = await send("POST", "statuses", {
    status: "Ring 640823-3234",
    scheduled_at: inMinutes(30),
  });
  assert.equal(status, 422);
  assert.match(body.error, /personnummer/);
});

test("what the deck plans for the account is listed, moved and called off; another account's is not there", async () => {
  const plan = (account: typeof office, text: string) =>
    db.as(authority.id, async (tx) => {
      const localTime = clock().add({ hours: 3 }).toZonedDateTimeISO(authority.zone).toPlainDateTime();
      const said = {
        account: account.id,
        capacity: "office",
        visibility: "public",
        language: "sv",
        text,
      } as const;
      const done = await submitDraft(
        tx,
        authority,
        {
          person: world.person,
          once: `${text}-0123456789abcdef`,
          to: { mode: "new" },
          content: plainContent(said),
          reason: "",
          postVersion: null,
          seen: null,
          localTime: localTime.toString().slice(0, 16),
          blank: false,
          wish: "schedule",
          bypassReason: "",
          account,
          viewer: { kind: "staff", accounts: [account.id] },
        },
        clock(),
        0,
      );
      return done.outcome === "scheduled" ? done.draft : assert.fail(done.outcome);
    });
  const own = await plan(office, "ur-decket");
  const other = await plan(voice, "ett-annat");
  assert.deepEqual(
    (await planned()).map(({ id }) => id),
    [own],
  );
  assert.equal((await send("GET", `scheduled_statuses/${other}`)).status, 404);
  const at = inMinutes(600);
  const moved = await send("PUT", `scheduled_statuses/${own}`, { scheduled_at: at });
  assertEntity("ScheduledStatus", moved.body);
  assert.equal(
    Temporal.Instant.from(moved.body.scheduled_at).toString(),
    Temporal.Instant.from(at).toString(),
  );
  assert.equal((await send("PUT", `scheduled_statuses/${own}`, { scheduled_at: inMinutes(1) })).status, 422);
  assert.equal((await send("PUT", `scheduled_statuses/${other}`, { scheduled_at: at })).status, 404);
  assert.deepEqual((await send("DELETE", `scheduled_statuses/${own}`)).body, {});
  assert.equal((await send("DELETE", `scheduled_statuses/${own}`)).status, 404);
  assert.deepEqual(await planned(), []);
});
