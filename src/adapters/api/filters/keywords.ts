import { addKeyword, changeKeywords, mostKeywords } from "#domain/timelines/change-filters.ts";
import { filterWith, findFilter } from "#domain/timelines/filters.ts";
import { answer, done, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { keywordEntity } from "../entities/filter.ts";
import { failed, keywordWrong } from "./content.ts";
import { filterWords } from "./words.ts";

type UserCall = Call<Caller>;

/** GET /api/v2/filters/:filter_id/keywords */
export async function listKeywords({ services, site, caller, params }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const id = params.text("filter_id") ?? "";
  const filter = await services.db.read(authority, (tx) => findFilter(tx, authority, caller.account.id, id));
  return filter ? answer(filter.keywords.map(keywordEntity)) : missing();
}

/** POST /api/v2/filters/:filter_id/keywords */
export async function createKeyword({ services, site, caller, params }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const account = caller.account.id;
  const keyword = (params.text("keyword") ?? "").trim();
  const wrong = keywordWrong(keyword);
  if (wrong.length > 0) return invalid(failed(wrong).wrong);
  return services.db.as(authority, async (tx) => {
    const filter = await findFilter(tx, authority, account, params.text("filter_id") ?? "");
    if (!filter) return missing();
    const wholeWord = params.flag("whole_word") ?? true;
    const added = await addKeyword(tx, authority, account, filter, { keyword, wholeWord });
    return added
      ? answer(keywordEntity(added))
      : invalid(filterWords[caller.person.language].tooManyKeywords(mostKeywords));
  });
}

/** GET /api/v2/filters/keywords/:id */
export async function getKeyword({ services, site, caller, params }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const id = params.text("id") ?? "";
  const filter = await services.db.read(authority, (tx) =>
    filterWith(tx, authority, caller.account.id, { keyword: id }),
  );
  const found = filter?.keywords.find((one) => one.id === id);
  return found ? answer(keywordEntity(found)) : missing();
}

/** PUT /api/v2/filters/keywords/:id */
export async function updateKeyword({ services, site, caller, params }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const account = caller.account.id;
  const id = params.text("id") ?? "";
  const keyword = params.text("keyword")?.trim();
  return services.db.as(authority, async (tx) => {
    const filter = await filterWith(tx, authority, account, { keyword: id });
    const before = filter?.keywords.find((one) => one.id === id);
    if (!filter || !before) return missing();
    const changed = {
      ...before,
      keyword: keyword ?? "",
      wholeWord: params.flag("whole_word") ?? before.wholeWord,
    };
    const wrong = keywordWrong(changed.keyword);
    if (wrong.length > 0) return invalid(failed(wrong).wrong);
    await changeKeywords(tx, authority, account, filter, [changed]);
    return answer(keywordEntity(changed));
  });
}

/** DELETE /api/v2/filters/keywords/:id, and /api/v1/filters/:id */
export async function deleteKeyword({ services, site, caller, params }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const account = caller.account.id;
  const id = params.text("id") ?? "";
  return services.db.as(authority, async (tx) => {
    const filter = await filterWith(tx, authority, account, { keyword: id });
    if (!filter) return missing();
    await changeKeywords(tx, authority, account, filter, [{ id, remove: true }]);
    return done();
  });
}
