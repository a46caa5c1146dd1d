import {
  countGroupsAfter,
  dismissGroup,
  findGroup,
  groupAccounts,
  notificationGroups,
} from "#domain/notifications/notification-groups.ts";
import { groupedKinds } from "#domain/notifications/group-key.ts";
import { answerAccounts } from "../accounts/answer-accounts.ts";
import { answer, done, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { knownOf } from "../entities/known.ts";
import { groupedEntity } from "../entities/notification.ts";
import { pageLinks, pageOf } from "../page.ts";
import { sayDismissed } from "./notifications.ts";
import { countOf, pageSize, readTo, wantedOf } from "./wanted.ts";
import { readFor } from "../read-for.ts";

type UserCall = Call<Caller>;

/** GET /api/v2/notifications */
export async function listGrouped(call: UserCall): Promise<Response> {
  const { params } = call;
  const page = { ...wantedOf(call), ...pageOf(call, pageSize), grouped: groupedOf(call) };
  const partial = params.word("expand_accounts", ["full", "partial_avatars"]) === "partial_avatars";
  const look = { ...call, known: knownOf(call) };
  const { entity, places } = await readFor(call, async (tx) => {
    const found = await notificationGroups(tx, whoseOf(call), page);
    return {
      entity: await groupedEntity(tx, look, found?.groups ?? [], { isPage: true, partial }),
      places: found ? [found.newest, found.oldest] : [],
    };
  });
  return answer(entity, 200, pageLinks(call, places));
}

/** GET /api/v2/notifications/:group_key */
export async function getGroup(call: UserCall): Promise<Response> {
  const { services, site, params } = call;
  const entity = await services.db.read(site.authority.id, async (tx) => {
    const group = await findGroup(tx, whoseOf(call), params.text("group_key") ?? "");
    return group && groupedEntity(tx, call, [group], { isPage: false, partial: false });
  });
  return entity && entity.notification_groups.length > 0 ? answer(entity) : missing();
}

/** POST /api/v2/notifications/:group_key/dismiss; one that is not there is put away already. */
export async function dismissOneGroup(call: UserCall): Promise<Response> {
  const { services, site, params } = call;
  await services.db.as(site.authority.id, async (tx) => {
    if (await dismissGroup(tx, whoseOf(call), params.text("group_key") ?? "")) await sayDismissed(tx, call);
  });
  return done();
}

/** GET /api/v2/notifications/:group_key/accounts */
export async function listGroupAccounts(call: UserCall): Promise<Response> {
  const { services, site, params } = call;
  const page = pageOf(call, { usual: 40, most: 80 });
  return services.db.read(site.authority.id, async (tx) =>
    answerAccounts(tx, call, await groupAccounts(tx, whoseOf(call), params.text("group_key") ?? "", page)),
  );
}

/** GET /api/v2/notifications/unread_count */
export async function groupedUnreadCount(call: UserCall): Promise<Response> {
  const { services, site } = call;
  const count = await services.db.read(site.authority.id, async (tx) => {
    const after = await readTo(tx, call);
    const wanted = { ...wantedOf(call), grouped: groupedOf(call), after, most: countOf(call) };
    return countGroupsAfter(tx, whoseOf(call), wanted);
  });
  return answer({ count });
}

/** The kinds that the app can show as groups; all where it does not say. */
function groupedOf({ params }: UserCall) {
  const named = params.texts("grouped_types");
  return groupedKinds.filter((kind) => !params.has("grouped_types") || named.includes(kind));
}

function whoseOf({ site, caller }: UserCall) {
  return { authority: site.authority.id, account: caller.account.id };
}
