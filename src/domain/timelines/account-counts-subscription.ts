import { sayKept } from "#domain/accounts/kept.ts";
import type { Subscription } from "#domain/journal/subscription.ts";
import { boostersOf, countAccounts } from "./count-accounts.ts";

/** Of these the post's author counts, and whoever passed it on. */
const postChanges = [
  "post-deleted",
  "post-edit-received",
  "post-delete-received",
  "post-hidden",
  "post-unhidden",
];
const saidAndPassedOn = [
  "post-published",
  "post-received",
  "post-boosted",
  "boost-undone",
  "boost-received",
  "boost-undo-received",
];
/** Their subject is the follow and the other account. */
const followChanges = [
  "follow-requested",
  "follow-undone",
  "follow-accepted",
  "follow-rejected",
  "follow-received",
  "follow-undo-received",
  "follow-answered",
  "follow-refused",
];

/** Keeps how many posts, followers and follows there are of the accounts that the journal tells of. */
export function accountCountsSubscription(): Subscription {
  return {
    name: "account-counts",
    kinds: [...saidAndPassedOn, ...postChanges, ...followChanges],
    async handle(tx, authority, entries) {
      const changed = entries.flatMap(({ kind, post }) => (postChanges.includes(kind) ? (post ?? []) : []));
      const touched = entries.flatMap(({ kind, account, subject }) => [
        account ?? [],
        followChanges.includes(kind) ? (subject[1] ?? []) : [],
      ]);
      const boosters = await boostersOf(tx, authority, [...new Set(changed)]);
      await countAccounts(tx, authority, [...touched.flat(), ...boosters]);
      // The entries themselves were told of before, when the old counts still stood.
      await sayKept(tx, authority, { account: null, what: "counts" });
    },
    late: () => "always",
  };
}
