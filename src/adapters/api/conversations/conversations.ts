import { sayKept } from "#domain/accounts/kept.ts";
import { conversationsOf, placeConversation } from "#domain/timelines/conversations.ts";
import { answer, done, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { knownOf } from "../entities/known.ts";
import { conversationEntities } from "../entities/conversation.ts";
import { pageLinks, pageOf } from "../page.ts";

type UserCall = Call<Caller>;

/** GET /api/v1/conversations */
export async function listConversations(call: UserCall): Promise<Response> {
  const { services, site, caller } = call;
  const authority = site.authority.id;
  const page = pageOf(call, { usual: 20, most: 40 });
  const { entities, places } = await services.db.read(authority, async (tx) => {
    const found = await conversationsOf(tx, authority, readerOf(caller), page);
    return {
      entities: await conversationEntities(tx, { ...call, known: knownOf(call) }, found),
      places: found.map(({ latest }) => latest),
    };
  });
  return answer(entities, 200, pageLinks(call, places));
}

/** POST /api/v1/conversations/:id/read */
export function markRead(call: UserCall): Promise<Response> {
  return place(call, "read");
}

/** POST /api/v1/conversations/:id/unread */
export function markUnread(call: UserCall): Promise<Response> {
  return place(call, "unread");
}

/** DELETE /api/v1/conversations/:id */
export function removeConversation(call: UserCall): Promise<Response> {
  return place(call, "removed");
}

async function place(call: UserCall, how: "read" | "unread" | "removed"): Promise<Response> {
  const { services, site, caller, params } = call;
  const authority = site.authority.id;
  const reader = readerOf(caller);
  const thread = params.text("id") ?? "";
  return services.db.as(authority, async (tx) => {
    const [found] = await conversationsOf(tx, authority, reader, { thread, limit: 1 });
    if (!found) return missing();
    await placeConversation(tx, authority, reader, found, how);
    await sayKept(tx, authority, { account: caller.account.id, what: "markers" });
    if (how === "removed") return done();
    const [entity] = await conversationEntities(tx, call, [{ ...found, isUnread: how === "unread" }]);
    return answer(entity);
  });
}

function readerOf({ person, account }: Caller) {
  return { person: person.id, account: account.id };
}
