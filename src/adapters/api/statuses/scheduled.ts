import type { Draft } from "#domain/drafts/draft.ts";
import { plannedPosts } from "#domain/drafts/planned-posts.ts";
import { replanDraft } from "#domain/drafts/replan.ts";
import { throwAway } from "#domain/drafts/take-back.ts";
import type { Transaction } from "#platform/database.ts";
import { answer, done, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { pageLinks, pageOf } from "../page.ts";
import { deckAddress } from "./kept-answer.ts";
import { scheduledStatuses } from "./scheduled-entity.ts";
import { scheduledTime } from "./scheduled-time.ts";
import { statusWords } from "./words.ts";

/** GET /api/v1/scheduled_statuses: what the person has planned for the account, here or in the deck. */
export async function listScheduled(call: Call<Caller>): Promise<Response> {
  const { services, site } = call;
  const page = pageOf(call, { usual: 20, most: 40 });
  const entities = await services.db.read(site.authority.id, async (tx) =>
    scheduledStatuses(tx, site, await plannedPosts(tx, site.authority.id, writer(call), page)),
  );
  const places = entities.map(({ id }) => id);
  return answer(entities, 200, pageLinks(call, places));
}

/** GET /api/v1/scheduled_statuses/:id */
export function showScheduled(call: Call<Caller>): Promise<Response> {
  return call.services.db.read(call.site.authority.id, async (tx) => scheduledAnswer(tx, call));
}

/** PUT /api/v1/scheduled_statuses/:id: another time. */
export async function reschedule(call: Call<Caller>): Promise<Response> {
  const { services, site, caller, params, now } = call;
  const { language, id: by } = caller.person;
  const words = statusWords[language];
  const localTime = scheduledTime(params.text("scheduled_at") ?? "", site.authority, now, language);
  return services.db.as(site.authority.id, async (tx) => {
    const draft = await planned(tx, call);
    if (!draft) return missing();
    if (localTime instanceof Response) return localTime;
    const moved = await replanDraft(tx, site.authority, { id: draft.id, by, localTime }, now);
    switch (moved.outcome) {
      case "scheduled":
        return scheduledAnswer(tx, call);
      case "awaiting":
        return invalid(words.awaiting(deckAddress(call, draft.id)));
      case "time-missing":
        return invalid(words.timeMissing);
      case "time-passed":
        return invalid(words.timePassed);
      case "nothing":
        return missing();
    }
  });
}

/** DELETE /api/v1/scheduled_statuses/:id. In the deck it can be brought back for a while. */
export function cancelScheduled(call: Call<Caller>): Promise<Response> {
  const { services, site, caller, now } = call;
  return services.db.as(site.authority.id, async (tx) => {
    const draft = await planned(tx, call);
    if (!draft) return missing();
    const thrown = await throwAway(tx, site.authority, draft.id, caller.person.id, now);
    return thrown.outcome === "thrown" ? done() : missing();
  });
}

async function scheduledAnswer(tx: Transaction, call: Call<Caller>): Promise<Response> {
  const draft = await planned(tx, call);
  const [entity] = draft ? await scheduledStatuses(tx, call.site, [draft]) : [];
  return entity ? answer(entity) : missing();
}

async function planned(tx: Transaction, call: Call<Caller>): Promise<Draft | undefined> {
  const only = call.params.id("id");
  if (!only) return undefined;
  const [draft] = await plannedPosts(tx, call.site.authority.id, writer(call), { only, limit: 1 });
  return draft;
}

function writer({ caller }: Call<Caller>) {
  return { person: caller.person.id, account: caller.account.id };
}
