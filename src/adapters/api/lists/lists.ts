import {
  findList,
  listsOf,
  makeList,
  removeList,
  renameList,
  repliesPolicies,
  setList,
  type List,
} from "#domain/relationships/lists.ts";
import type { Transaction } from "#platform/database.ts";
import { answer, done, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { listEntity } from "../entities/list.ts";

/** GET /api/v1/lists */
export async function showLists({ services, site, caller }: Call<Caller>): Promise<Response> {
  return services.db.read(site.authority.id, async (tx) => {
    const lists = await listsOf(tx, site.authority.id, [caller.account.id]);
    return answer(lists.map(listEntity));
  });
}

/** GET /api/v1/lists/:id */
export async function showList(call: Call<Caller>): Promise<Response> {
  const list = await call.services.db.read(call.site.authority.id, (tx) => listInPath(tx, call));
  return list ? answer(listEntity(list)) : missing();
}

/** POST /api/v1/lists */
export async function createList(call: Call<Caller>): Promise<Response> {
  const { services, site, params, caller } = call;
  const authority = site.authority.id;
  const settings = settingsOf(call);
  if (!settings) return badPolicy();
  if ((params.text("title")?.length ?? 0) > longestTitle) return titleTooLong();
  return services.db.as(authority, async (tx) => {
    const made = await makeList(tx, authority, {
      account: caller.account.id,
      title: params.text("title") ?? "",
      ...settings,
    });
    if (made.outcome === "title-missing") return titleMissing();
    const list = await findList(tx, authority, made.id, [caller.account.id]);
    return list ? answer(listEntity(list)) : missing();
  });
}

/** PUT /api/v1/lists/:id: what is not sent stays as it is. */
export async function updateList(call: Call<Caller>): Promise<Response> {
  const { services, site, params } = call;
  const authority = site.authority.id;
  const settings = settingsOf(call);
  if (!settings) return badPolicy();
  if ((params.text("title")?.length ?? 0) > longestTitle) return titleTooLong();
  return services.db.as(authority, async (tx) => {
    const list = await listInPath(tx, call);
    if (!list) return missing();
    const title = params.text("title");
    if (title !== undefined && (await renameList(tx, authority, list.id, title)).outcome === "title-missing")
      return titleMissing();
    await setList(tx, authority, list, settings);
    const changed = await listInPath(tx, call);
    return changed ? answer(listEntity(changed)) : missing();
  });
}

/** DELETE /api/v1/lists/:id */
export async function deleteList(call: Call<Caller>): Promise<Response> {
  const authority = call.site.authority.id;
  return call.services.db.as(authority, async (tx) => {
    const list = await listInPath(tx, call);
    if (!list) return missing();
    await removeList(tx, authority, list.id);
    return done();
  });
}

/** The caller's own list that the path names. */
export async function listInPath(
  tx: Transaction,
  { site, params, caller }: Call<Caller>,
): Promise<List | undefined> {
  const id = params.id<"list">("id");
  return id && findList(tx, site.authority.id, id, [caller.account.id]);
}

/** Undefined when the policy is none of those there are. */
function settingsOf({ params }: Call): Pick<Partial<List>, "repliesPolicy" | "exclusive"> | undefined {
  const sent = params.text("replies_policy");
  const repliesPolicy = params.word("replies_policy", repliesPolicies);
  if (sent && !repliesPolicy) return undefined;
  const exclusive = params.flag("exclusive");
  return {
    ...(repliesPolicy ? { repliesPolicy } : {}),
    ...(exclusive === undefined ? {} : { exclusive }),
  };
}

const longestTitle = 200;

function titleTooLong(): Response {
  return invalid(`Validation failed: Title is too long (maximum is ${longestTitle} characters)`);
}

function titleMissing(): Response {
  return invalid("Validation failed: Title can't be blank");
}

function badPolicy(): Response {
  return invalid("'replies_policy' is not one of followed, list, none");
}
