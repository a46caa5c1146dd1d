import { addBookmark, removeBookmark } from "#domain/posts/bookmarks.ts";
import { boostBy } from "#domain/posts/find-boosts.ts";
import { mostPins, pinPost, unpinPost } from "#domain/posts/pins.ts";
import { react, undoReaction } from "#domain/posts/react.ts";
import { muteThread, unmuteThread } from "#domain/posts/thread-mutes.ts";
import type { TimelineItem } from "#domain/timelines/timelines.ts";
import type { Transaction } from "#platform/database.ts";
import { formatNumber } from "#platform/i18n.ts";
import { invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { findStatus } from "./find-status.ts";
import { statusAnswer } from "./show.ts";
import { statusWords } from "./words.ts";

type Act = (tx: Transaction, call: Call<Caller>, post: TimelineItem) => Promise<Response | void>;

/** POST /api/v1/statuses/:id/…: something done to a post, which is answered as it stands then. A boost's id means its post. */
export function acting(act: Act): (call: Call<Caller>) => Promise<Response> {
  return (call) =>
    call.services.db.as(call.site.authority.id, async (tx) => {
      const post = await findStatus(tx, call, call.params.id("id"));
      if (!post) return missing();
      return (await act(tx, call, post)) ?? statusAnswer(tx, call, post.id);
    });
}

export const favourite = acting(async (tx, call, post) => {
  await react(tx, call.site.authority.id, { reaction: "favourite", ...by(call, post) });
});

export const unfavourite = acting(async (tx, call, post) => {
  await undoReaction(tx, call.site.authority.id, { reaction: "favourite", ...by(call, post) });
});

export const reblog = acting(async (tx, call, post) => {
  const words = statusWords[call.caller.person.language];
  if (["private", "direct"].includes(call.params.text("visibility") ?? ""))
    return invalid(words.boostPrivate);
  const own = by(call, post);
  const done = await react(tx, call.site.authority.id, { reaction: "boost", ...own });
  if (done.outcome === "not-public") return invalid(words.notBoosted);
  return statusAnswer(tx, call, await boostBy(tx, call.site.authority.id, own));
});

export const unreblog = acting(async (tx, call, post) => {
  await undoReaction(tx, call.site.authority.id, { reaction: "boost", ...by(call, post) });
});

export const bookmark = acting((tx, call, post) => addBookmark(tx, call.site.authority.id, by(call, post)));

export const unbookmark = acting((tx, call, post) =>
  removeBookmark(tx, call.site.authority.id, by(call, post)),
);

export const mute = acting((tx, call, { thread }) =>
  muteThread(tx, call.site.authority.id, { account: call.caller.account.id, thread }),
);

export const unmute = acting((tx, call, { thread }) =>
  unmuteThread(tx, call.site.authority.id, { account: call.caller.account.id, thread }),
);

export const pin = acting(async (tx, call, post) => {
  const { language } = call.caller.person;
  const words = statusWords[language];
  const done = await pinPost(tx, call.site.authority.id, { ...by(call, post), post });
  switch (done.outcome) {
    case "pinned":
    case "already":
      return undefined;
    case "not-own":
      return invalid(words.pinOther);
    case "not-public":
      return invalid(words.pinPrivate);
    case "too-many":
      return invalid(words.pinsFull(formatNumber(mostPins, language)));
  }
});

export const unpin = acting((tx, call, post) => unpinPost(tx, call.site.authority.id, by(call, post)));

function by({ caller }: Call<Caller>, post: TimelineItem) {
  return { post: post.id, account: caller.account.id, person: caller.person.id };
}
