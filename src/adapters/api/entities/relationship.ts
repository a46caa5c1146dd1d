import type { Site } from "#context.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import { relationsOf, type Relation } from "#domain/relationships/relations.ts";
import type { Transaction } from "#platform/database.ts";
import { wireTime } from "./wire.ts";

/** https://docs.joinmastodon.org/entities/Relationship/ */
export type Relationship = {
  id: string;
  following: boolean;
  showing_reblogs: boolean;
  notifying: boolean;
  languages: string[] | null;
  followed_by: boolean;
  blocking: boolean;
  blocked_by: boolean;
  muting: boolean;
  muting_notifications: boolean;
  muting_expires_at: string | null;
  requested: boolean;
  requested_by: boolean;
  domain_blocking: boolean;
  endorsed: false;
  note: string;
};

/** In the order of the ids; unknown accounts are left out, and those that are gone unless they are asked for. */
export async function relationshipsOf(
  tx: Transaction,
  site: Site,
  account: AccountId,
  ids: readonly string[],
  now: Temporal.Instant,
  withGone = true,
): Promise<Relationship[]> {
  const relations = await relationsOf(tx, site.authority.id, account, ids, now);
  return [...new Set(ids)].flatMap((id) => {
    const relation = relations.get(id);
    return relation && (withGone || !relation.isGone) ? relationshipEntity(relation) : [];
  });
}

function relationshipEntity(relation: Relation): Relationship {
  return {
    id: relation.id,
    following: relation.following === "accepted",
    showing_reblogs: relation.showReblogs,
    notifying: relation.notify,
    languages: relation.languages,
    followed_by: relation.followedBy === "accepted",
    blocking: relation.blocked,
    blocked_by: relation.blockedBy,
    muting: relation.muting,
    muting_notifications: relation.mutingNotifications,
    muting_expires_at: relation.mutedUntil && wireTime(relation.mutedUntil),
    requested: relation.following === "pending",
    requested_by: relation.followedBy === "pending",
    domain_blocking: relation.domainBlocked,
    endorsed: false,
    note: relation.note,
  };
}
