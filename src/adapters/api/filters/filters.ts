import {
  changeFilter,
  changeKeywords,
  hasRoomForKeywords,
  makeFilter,
  mostFilters,
  mostKeywords,
  removeFilter,
} from "#domain/timelines/change-filters.ts";
import { filtersOf, findFilter } from "#domain/timelines/filters.ts";
import { answer, done, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { filterEntity } from "../entities/filter.ts";
import { readContent, readKeywords } from "./content.ts";
import { filterWords } from "./words.ts";

type UserCall = Call<Caller>;

/** GET /api/v2/filters */
export async function listFilters({ services, site, caller }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const filters = await services.db.read(authority, (tx) => filtersOf(tx, authority, caller.account.id));
  return answer(filters.map(filterEntity));
}

/** GET /api/v2/filters/:id */
export async function getFilter({ services, site, caller, params }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const id = params.text("id") ?? "";
  const filter = await services.db.read(authority, (tx) => findFilter(tx, authority, caller.account.id, id));
  return filter ? answer(filterEntity(filter)) : missing();
}

/** POST /api/v2/filters */
export async function createFilter(call: UserCall): Promise<Response> {
  const { services, site, caller, params } = call;
  const authority = site.authority.id;
  const account = caller.account.id;
  const words = filterWords[caller.person.language];
  const content = readContent(call, undefined);
  if ("wrong" in content) return invalid(content.wrong);
  const keywords = readKeywords(params);
  if ("wrong" in keywords) return invalid(keywords.wrong);
  if (keywords.some(({ id }) => id !== undefined)) return missing();
  return services.db.as(authority, async (tx) => {
    if (keywords.length > 0 && !(await hasRoomForKeywords(tx, authority, account, keywords.length)))
      return invalid(words.tooManyKeywords(mostKeywords));
    const made = await makeFilter(tx, authority, account, content);
    if (made.outcome === "too-many") return invalid(words.tooManyFilters(mostFilters));
    if (keywords.length > 0)
      await changeKeywords(tx, authority, account, { id: made.id, keywords: [] }, keywords);
    const filter = await findFilter(tx, authority, account, made.id);
    return filter ? answer(filterEntity(filter)) : missing();
  });
}

/** PUT /api/v2/filters/:id */
export async function updateFilter(call: UserCall): Promise<Response> {
  const { services, site, caller, params } = call;
  const authority = site.authority.id;
  const account = caller.account.id;
  return services.db.as(authority, async (tx) => {
    const before = await findFilter(tx, authority, account, params.text("id") ?? "");
    if (!before) return missing();
    const content = readContent(call, before);
    if ("wrong" in content) return invalid(content.wrong);
    const keywords = readKeywords(params);
    if ("wrong" in keywords) return invalid(keywords.wrong);
    const changed = await changeKeywords(tx, authority, account, before, keywords);
    if (changed.outcome === "missing") return missing();
    if (changed.outcome === "too-many")
      return invalid(filterWords[caller.person.language].tooManyKeywords(mostKeywords));
    await changeFilter(tx, authority, account, before.id, content);
    const filter = await findFilter(tx, authority, account, before.id);
    return filter ? answer(filterEntity(filter)) : missing();
  });
}

/** DELETE /api/v2/filters/:id */
export async function deleteFilter({ services, site, caller, params }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const id = params.text("id") ?? "";
  const gone = await services.db.as(authority, (tx) => removeFilter(tx, authority, caller.account.id, id));
  return gone ? done() : missing();
}
