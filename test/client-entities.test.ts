import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints } from "#adapters/api/endpoints.ts";
import { assertEntities, assertEntity, type EntityName } from "./client-schemas/assert-entity.ts";
import { startOddWorld } from "./client-odd-world.ts";
import { testDatabase } from "./database.ts";
import { fileScope } from "./file-scope.ts";
import { waitFor } from "./interop/wait-for.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startOddWorld(scope, db);
const { posts, office, asa, odd, gone } = world;
const token = await world.token(["read", "write", "follow", "push", "profile"]);
type Made = { id: string };

/** Asks for something to be done, and gives what was made. */
async function make(
  name: EntityName | undefined,
  method: string,
  path: string,
  json: object = {},
): Promise<Made> {
  const { status, body } = await world.api<Made>(method, path, { token, json });
  assert.equal(status, 200, `${method} ${path}: ${JSON.stringify(body)}`);
  if (name) assertEntity(name, body);
  return body;
}

const list = await make("List", "POST", "/api/v1/lists", { title: "Grannar", exclusive: true });
await make("Empty", "POST", `/api/v1/lists/${list.id}/accounts`, { account_ids: [asa] });
const filter = await make("Filter", "POST", "/api/v2/filters", {
  title: "Underligt",
  context: ["home", "notifications", "public", "thread", "account"],
  filter_action: "warn",
  keywords_attributes: [{ keyword: "underligt", whole_word: true }],
});
const keyword = await make("FilterKeyword", "POST", `/api/v2/filters/${filter.id}/keywords`, {
  keyword: "vägen",
});
const kept = await make("FilterStatus", "POST", `/api/v2/filters/${filter.id}/statuses`, {
  status_id: posts.plain,
});
const old = await make("V1_Filter", "POST", "/api/v1/filters", {
  phrase: "slask",
  context: ["home"],
  expires_in: 86400,
});
await make("Status", "POST", `/api/v1/statuses/${posts.editedElsewhere}/favourite`);
const boost = await make("Status", "POST", `/api/v1/statuses/${posts.editedElsewhere}/reblog`);
for (const post of [posts.article, posts.pictures, posts.editedElsewhere])
  await make("Status", "POST", `/api/v1/statuses/${post}/bookmark`);
await make("Status", "POST", `/api/v1/statuses/${posts.edited}/pin`);
await make("Status", "POST", `/api/v1/statuses/${posts.plain}/mute`);
await make("Relationship", "POST", `/api/v1/accounts/${odd}/note`, { comment: "Ringer ofta" });
await make("Relationship", "POST", `/api/v1/accounts/${asa}/mute`, { duration: 3_600 });
await make("Tag", "POST", "/api/v1/tags/väg/follow");
await make("Empty", "POST", "/api/v1/domain_blocks", { domain: "buller.example" });
await make("Markers", "POST", "/api/v1/markers", { home: { last_read_id: posts.plain } });
const scheduled = await make("ScheduledStatus", "POST", "/api/v1/statuses", {
  status: "I morgon",
  scheduled_at: world.services.clock().add({ hours: 30 }).toString(),
  in_reply_to_id: posts.bare,
});
const sent = await make("Status", "POST", "/api/v1/statuses", {
  status: "Med app",
  visibility: "unlisted",
  language: "en",
});
await make("Status", "PUT", `/api/v1/statuses/${sent.id}`, {
  status: "Med en app",
  torg: { reason: "Ett ord" },
});
await numbered();

/** What stands at each path, in the odd world: an entity, so many of them at least, or something plain. */
type Expectation = EntityName | [EntityName, number] | "plain";
const statuses: Expectation = ["Status", 1];
const accounts: Expectation = ["Account", 1];
const told = await ofList("/api/v1/notifications");
const groups = await world.api<{ notification_groups: { group_key: string }[] }>(
  "GET",
  "/api/v2/notifications",
  { token },
);
const group = groups.body.notification_groups[0]?.group_key ?? "none";

const expected: Record<string, Expectation> = {
  [`/api/v1/accounts?id[]=${office.id}&id[]=${odd}&id[]=${asa}`]: ["Account", 3],
  [`/api/v1/accounts/${odd}`]: "Account",
  [`/api/v1/accounts/${asa}/lists`]: ["List", 1],
  [`/api/v1/accounts/${odd}/endorsements`]: ["Account", 0],
  [`/api/v1/accounts/${odd}/featured_tags`]: ["FeaturedTag", 0],
  [`/api/v1/accounts/${odd}/identity_proofs`]: "plain",
  [`/api/v1/accounts/${office.id}/followers`]: accounts,
  [`/api/v1/accounts/${office.id}/following`]: accounts,
  [`/api/v1/accounts/${odd}/statuses`]: statuses,
  [`/api/v1/accounts/${office.id}/statuses`]: ["Status", 5],
  [`/api/v1/accounts/familiar_followers?id[]=${odd}`]: ["FamiliarFollowers", 0],
  [`/api/v1/accounts/lookup?acct=odd@odd.test`]: "Account",
  [`/api/v1/accounts/relationships?id[]=${odd}&id[]=${asa}&id[]=${gone}`]: ["Relationship", 2],
  [`/api/v1/accounts/search?q=odd`]: accounts,
  "/api/v1/accounts/verify_credentials": "CredentialAccount",
  "/api/v1/announcements": ["Announcement", 0],
  "/api/v1/apps/verify_credentials": "Application",
  "/api/v1/blocks": ["Account", 0],
  "/api/v1/bookmarks": ["Status", 3],
  "/api/v1/conversations": ["Conversation", 1],
  "/api/v1/custom_emojis": ["CustomEmoji", 0],
  "/api/v1/directory": accounts,
  "/api/v1/domain_blocks": "plain",
  "/api/v1/emails/check_confirmation": "plain",
  "/api/v1/endorsements": ["Account", 0],
  "/api/v1/favourites": statuses,
  "/api/v1/featured_tags": ["FeaturedTag", 0],
  "/api/v1/featured_tags/suggestions": ["Tag", 0],
  "/api/v1/filters": ["V1_Filter", 1],
  [`/api/v1/filters/${old.id}`]: "V1_Filter",
  "/api/v1/follow_requests": accounts,
  "/api/v1/followed_tags": ["Tag", 1],
  "/api/v1/instance": "V1_Instance",
  "/api/v1/instance/activity": ["InstanceWeek", 12],
  "/api/v1/instance/domain_blocks": ["DomainBlock", 0],
  "/api/v1/instance/extended_description": "ExtendedDescription",
  "/api/v1/instance/languages": "plain",
  "/api/v1/instance/peers": "plain",
  "/api/v1/instance/privacy_policy": "PrivacyPolicy",
  "/api/v1/instance/rules": ["Rule", 1],
  "/api/v1/instance/translation_languages": "plain",
  "/api/v1/lists": ["List", 1],
  [`/api/v1/lists/${list.id}`]: "List",
  [`/api/v1/lists/${list.id}/accounts`]: accounts,
  "/api/v1/markers?timeline[]=home&timeline[]=notifications": "Markers",
  "/api/v1/mutes": ["MutedAccount", 1],
  "/api/v1/notifications": ["Notification", 5],
  [`/api/v1/notifications/${told}`]: "Notification",
  "/api/v1/notifications/policy": "V1_NotificationPolicy",
  "/api/v1/notifications/requests": ["NotificationRequest", 0],
  "/api/v1/notifications/requests/merged": "plain",
  "/api/v1/notifications/unread_count": "UnreadCount",
  "/api/v1/preferences": "Preferences",
  "/api/v1/scheduled_statuses": ["ScheduledStatus", 1],
  [`/api/v1/scheduled_statuses/${scheduled.id}`]: "ScheduledStatus",
  [`/api/v1/statuses?id[]=${posts.plain}&id[]=${boost.id}`]: ["Status", 2],
  [`/api/v1/statuses/${posts.orphan}/context`]: "Context",
  [`/api/v1/statuses/${posts.edited}/favourited_by`]: accounts,
  [`/api/v1/statuses/${posts.edited}/reblogged_by`]: accounts,
  [`/api/v1/statuses/${posts.editedElsewhere}/history`]: ["StatusEdit", 2],
  [`/api/v1/statuses/${posts.edited}/history`]: ["StatusEdit", 2],
  [`/api/v1/statuses/${sent.id}/source`]: "StatusSource",
  "/api/v1/suggestions": ["Account", 0],
  "/api/v1/tags/väg": "Tag",
  "/api/v1/timelines/direct": statuses,
  "/api/v1/timelines/home": ["Status", 5],
  [`/api/v1/timelines/list/${list.id}`]: ["Status", 0],
  "/api/v1/timelines/public": ["Status", 5],
  "/api/v1/timelines/tag/väg": statuses,
  "/api/v1/trends": ["Tag", 0],
  "/api/v1/trends/links": ["PreviewCard", 0],
  "/api/v1/trends/statuses": ["Status", 0],
  "/api/v1/trends/tags": ["Tag", 0],
  "/api/v2/filters": ["Filter", 1],
  [`/api/v2/filters/${filter.id}`]: "Filter",
  [`/api/v2/filters/${filter.id}/keywords`]: ["FilterKeyword", 2],
  [`/api/v2/filters/${filter.id}/statuses`]: ["FilterStatus", 1],
  [`/api/v2/filters/keywords/${keyword.id}`]: "FilterKeyword",
  [`/api/v2/filters/statuses/${kept.id}`]: "FilterStatus",
  "/api/v2/instance": "Instance",
  "/api/v2/notifications": "GroupedNotificationsResults",
  [`/api/v2/notifications/${group}`]: "GroupedNotificationsResults",
  [`/api/v2/notifications/${group}/accounts`]: accounts,
  "/api/v2/notifications/policy": "NotificationPolicy",
  "/api/v2/notifications/unread_count": "UnreadCount",
  "/api/v2/search?q=vägen": "Search",
  "/api/v2/suggestions": ["Suggestion", 0],
  [`/api/oembed?url=${world.origin}/posts/${posts.article}`]: "OEmbed",
  "/.well-known/oauth-authorization-server": "AuthorizationServer",
  "/oauth/userinfo": "UserInfo",
};
for (const [name, id] of Object.entries({ ...posts, boost: boost.id }))
  if (!["answered", "removedElsewhere", "hidden", "followersOnly"].includes(name))
    expected[`/api/v1/statuses/${id}`] = "Status";

for (const [path, expectation] of Object.entries(expected))
  test(`GET ${nameless(path)} is answered as the documentation has it`, async () => {
    const { status, body } = await world.api<unknown>("GET", encodeURI(path), { token });
    assert.equal(status, 200, JSON.stringify(body));
    if (expectation === "plain") return;
    if (typeof expectation === "string") assertEntity(expectation, body);
    else assertEntities(expectation[0], body, expectation[1]);
  });

test("an entity that lacks something, or has something that is not documented, is found out", async () => {
  const { body } = await world.api("GET", `/api/v1/statuses/${posts.plain}`, { token });
  const { uri: _, ...without } = body;
  for (const wrong of [
    without,
    { ...body, favorited: true },
    { ...body, sensitive: null },
    { ...body, id: 7 },
  ])
    assert.throws(() => assertEntity("Status", wrong), /not a valid Status/);
});

test("what is gone, hidden or for others is not there", async () => {
  for (const id of [posts.answered, posts.removedElsewhere, posts.hidden]) {
    const { status, body } = await world.api("GET", `/api/v1/statuses/${id}`, { token });
    assert.equal(status, 404);
    assertEntity("Error", body);
  }
});

test("anyone sees the same entities, without what an account has done with them", async () => {
  for (const id of [posts.plain, posts.article, posts.pictures, posts.foreignArticle, posts.bare]) {
    const { body } = await world.api("GET", `/api/v1/statuses/${id}`);
    assertEntity("Status", body);
    assert.equal("favourited" in body, false);
  }
});

test("every endpoint that is read from is among these", () => {
  const asked = Object.keys(expected).map((path) => path.split("?")[0]?.split("/") ?? []);
  const missing = endpoints
    .filter(({ method, path }) => method === "GET" && !apart.some((one) => path.startsWith(one)))
    .map(({ path }) => path)
    .filter((path) => {
      const wanted = path.split("/");
      return !asked.some(
        (segments) =>
          segments.length === wanted.length &&
          segments.every((segment, index) => wanted[index]?.startsWith(":") || wanted[index] === segment),
      );
    });
  assert.deepEqual(missing, []);
});

/** Read elsewhere: lines without end, pictures, and what is never there. */
const apart = [
  "/api/v1/streaming",
  "/avatars/",
  "/headers/",
  "/api/v1/media/",
  "/api/v1/push/",
  "/api/v1/polls/",
  "/api/v1/timelines/link",
  "/api/v1/notifications/requests/:id",
  "/api/v1/instance/terms_of_service",
];

async function ofList(path: string): Promise<string> {
  const { body } = await world.api<Made[]>("GET", path, { token });
  return body[0]?.id ?? "none";
}

function nameless(path: string): string {
  return path.replaceAll(/\d{18}/g, "…");
}

async function numbered(): Promise<void> {
  await waitFor(
    () =>
      db.system(async (tx) => {
        const [row] = await tx<{ busy: boolean }[]>`
          select exists (select from journal where number is null)
            or exists (select from subscription, journal_head where position < journal_head.number) as busy`;
        return row?.busy === false;
      }),
    { what: "a quiet journal" },
  );
}
