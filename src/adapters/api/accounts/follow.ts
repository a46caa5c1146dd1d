import { setFollowSettings } from "#domain/relationships/follow-settings.ts";
import { answerFollow, findFollowBetween, requestFollow, undoFollow } from "#domain/relationships/follows.ts";
import { isBlocked } from "#domain/relationships/blocks.ts";
import { relationsOf } from "#domain/relationships/relations.ts";
import { forbidden, invalid } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { changeRelation } from "./find-account.ts";
import { accountWords } from "./words.ts";

/** POST /api/v1/accounts/:id/follow: again is to change what one wants of it. */
export async function followAccount(call: Call<Caller>): Promise<Response> {
  const { site, params, caller, now } = call;
  const authority = site.authority.id;
  const said = accountWords[caller.person.language];
  const languages = [...new Set(params.texts("languages").map((language) => language.toLowerCase()))];
  if (languages.some((language) => !/^[a-z]{2,3}$/.test(language))) return invalid(said.badLanguage);
  return changeRelation(call, async (tx, other) => {
    const follower = caller.account.id;
    if (other.id === follower) return forbidden(said.self);
    const relation = (await relationsOf(tx, authority, follower, [other.id], now)).get(other.id);
    if (relation?.blockedBy || (await isBlocked(tx, authority, other.id)))
      return forbidden(said.notFollowable);
    await requestFollow(tx, authority, { follower, followed: other, person: caller.person.id });
    await setFollowSettings(
      tx,
      authority,
      { follower, followed: other.id },
      {
        showReblogs: params.flag("reblogs"),
        notify: params.flag("notify"),
        languages: params.has("languages") ? (languages.length > 0 ? languages : null) : undefined,
      },
    );
  });
}

/** POST /api/v1/accounts/:id/unfollow */
export async function unfollowAccount(call: Call<Caller>): Promise<Response> {
  const { site, caller } = call;
  return changeRelation(call, async (tx, other) => {
    const undone = { follower: caller.account.id, followed: other.id, person: caller.person.id };
    await undoFollow(tx, site.authority.id, undone);
  });
}

/** POST /api/v1/accounts/:id/remove_from_followers */
export async function removeFollower(call: Call<Caller>): Promise<Response> {
  const { site, caller } = call;
  return changeRelation(call, async (tx, other) => {
    const authority = site.authority.id;
    const follow = await findFollowBetween(tx, authority, other.id, caller.account.id);
    if (follow) await answerFollow(tx, authority, follow.id, "reject", caller.person.id);
  });
}
