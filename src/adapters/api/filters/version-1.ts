import {
  addKeyword,
  changeFilter,
  changeKeywords,
  hasRoomForKeywords,
  makeFilter,
  mostFilters,
  mostKeywords,
} from "#domain/timelines/change-filters.ts";
import { filtersOf, filterWith } from "#domain/timelines/filters.ts";
import { answer, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { v1FilterEntity } from "../entities/filter.ts";
import { contextsWrong, failed, keywordWrong, readContexts, readExpiry } from "./content.ts";
import { filterWords } from "./words.ts";

/** Filters as apps from before Mastodon 4.0 know them: each keyword is one, and its id the keyword's. */
type UserCall = Call<Caller>;

/** GET /api/v1/filters */
export async function listV1({ services, site, caller }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const filters = await services.db.read(authority, (tx) => filtersOf(tx, authority, caller.account.id));
  return answer(filters.flatMap((filter) => filter.keywords.map((word) => v1FilterEntity(filter, word))));
}

/** GET /api/v1/filters/:id */
export async function getV1({ services, site, caller, params }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const id = params.text("id") ?? "";
  const filter = await services.db.read(authority, (tx) =>
    filterWith(tx, authority, caller.account.id, { keyword: id }),
  );
  const word = filter?.keywords.find((one) => one.id === id);
  return filter && word ? answer(v1FilterEntity(filter, word)) : missing();
}

/** POST /api/v1/filters */
export async function createV1(call: UserCall): Promise<Response> {
  const { services, site, caller } = call;
  const authority = site.authority.id;
  const account = caller.account.id;
  const sent = readSent(call, undefined);
  if ("wrong" in sent) return invalid(sent.wrong);
  const { phrase, wholeWord, contexts, action, expiresAt } = sent;
  return services.db.as(authority, async (tx) => {
    const words = filterWords[caller.person.language];
    if (!(await hasRoomForKeywords(tx, authority, account, 1)))
      return invalid(words.tooManyKeywords(mostKeywords));
    const content = { title: phrase, contexts, action, expiresAt };
    const made = await makeFilter(tx, authority, account, content);
    if (made.outcome === "too-many") return invalid(words.tooManyFilters(mostFilters));
    const word = await addKeyword(tx, authority, account, { id: made.id }, { keyword: phrase, wholeWord });
    const filter = word && (await filterWith(tx, authority, account, { keyword: word.id }));
    return filter && word ? answer(v1FilterEntity(filter, word)) : missing();
  });
}

/** PUT /api/v1/filters/:id */
export async function updateV1(call: UserCall): Promise<Response> {
  const { services, site, caller, params } = call;
  const authority = site.authority.id;
  const account = caller.account.id;
  const id = params.text("id") ?? "";
  return services.db.as(authority, async (tx) => {
    const filter = await filterWith(tx, authority, account, { keyword: id });
    const before = filter?.keywords.find((one) => one.id === id);
    if (!filter || !before) return missing();
    const sent = readSent(call, { ...filter, phrase: before.keyword, wholeWord: before.wholeWord });
    if ("wrong" in sent) return invalid(sent.wrong);
    const { phrase, wholeWord, contexts, action, expiresAt } = sent;
    const sameContexts = contexts.toSorted().join() === filter.contexts.toSorted().join();
    const isSame = sameContexts && action === filter.action && String(expiresAt) === String(filter.expiresAt);
    if (filter.keywords.length > 1 && !isSame)
      return invalid(filterWords[caller.person.language].severalKeywords);
    const word = { ...before, keyword: phrase, wholeWord };
    await changeKeywords(tx, authority, account, filter, [word]);
    const changed = { ...filter, contexts, action, expiresAt };
    if (!isSame) await changeFilter(tx, authority, account, filter.id, changed);
    return answer(v1FilterEntity(changed, word));
  });
}

type Sent = {
  phrase: string;
  wholeWord: boolean;
  contexts: string[];
  action: "warn" | "hide" | "blur";
  expiresAt: Temporal.Instant | null;
};

function readSent(call: UserCall, before: Sent | undefined): Sent | { wrong: string } {
  const { params } = call;
  const phrase = (params.text("phrase") ?? before?.phrase ?? "").trim();
  const contexts = readContexts(params) ?? before?.contexts ?? [];
  const wrong = [...keywordWrong(phrase, "Phrase"), ...contextsWrong(contexts)];
  if (wrong.length > 0) return failed(wrong);
  return {
    phrase,
    contexts,
    wholeWord: params.flag("whole_word") ?? before?.wholeWord ?? false,
    action: actionOf(params.flag("irreversible"), before?.action ?? "warn"),
    expiresAt: readExpiry(call, before?.expiresAt ?? null),
  };
}

/** An older app knows of hiding and of warning alone. */
function actionOf(irreversible: boolean | undefined, before: Sent["action"]): Sent["action"] {
  if (irreversible) return "hide";
  return irreversible === false && before === "hide" ? "warn" : before;
}
