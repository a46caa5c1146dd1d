import { react } from "#domain/posts/react.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { requestFollow } from "#domain/relationships/follows.ts";
import type { PostId } from "#domain/posts/post.ts";
import { act, onPost, ours, own, page, type Row, type World } from "./route-row.ts";
import { ownDeck } from "./column-routes.ts";
import { accountOf } from "./square.ts";

/** What staff see and do: everything asks who it is, each act for the grant or the role besides. */
export const deckTable: Row[] = [
  // The first visit makes the deck, so that has been made.
  page("/deck", async (w) => (await ownDeck(w), `/deck?account=${w.a.office.id}`), [303, 403, 403, 200]),
  page("/deck/stream", (w) => `/deck/stream?account=${w.a.office.id}`, [303, 403, 403, 200]),
  page("/deck/compose", (w) => `/deck/compose?account=${w.a.office.id}`, [303, 403, 403, 200]),
  act("/deck/media", (w) => `/deck/media?account=${w.a.office.id}`, [401, 403, 403, 201], onePixel),
  act(
    "/deck/posts",
    () => "/deck/posts",
    [401, 403, 403, 303],
    (w) => ({
      ...ours(w),
      text: `Hej ${w.next()}`,
      language: "sv",
      visibility: "public",
      capacity: "office",
    }),
  ),

  page(onPost(""), (w) => `/deck/posts/${w.quiet}`, [303, 404, 404, 200]),
  page(onPost("/reply"), (w) => `/deck/posts/${w.answer}/reply`, [303, 404, 403, 200]),
  page(onPost("/edit"), (w) => `/deck/posts/${w.question}/edit`, [303, 404, 403, 200]),
  act(
    onPost("/edit"),
    async (w) => `/deck/posts/${await w.a.say("Före")}/edit`,
    [401, 422, 403, 303],
    (w, who) => ({ ...own(w, who), text: "Efter", language: "sv", reason: "Fel dag" }),
  ),
  page(onPost("/delete"), (w) => `/deck/posts/${w.question}/delete`, [303, 404, 403, 200]),
  act(
    onPost("/delete"),
    async (w) => `/deck/posts/${await w.a.say("Bort")}/delete`,
    [401, 404, 403, 303],
    own,
  ),
  act(onPost("/boost"), async (w) => `/deck/posts/${await w.a.say("Dela")}/boost`, [401, 404, 403, 303], own),
  act(
    onPost("/unboost"),
    async (w) => `/deck/posts/${await reacted(w, "boost")}/unboost`,
    [401, 303, 403, 303],
    own,
  ),
  act(
    onPost("/favourite"),
    async (w) => `/deck/posts/${await w.a.say("Gilla")}/favourite`,
    [401, 404, 403, 303],
    own,
  ),
  act(
    onPost("/unfavourite"),
    async (w) => `/deck/posts/${await reacted(w, "favourite")}/unfavourite`,
    [401, 303, 403, 303],
    own,
  ),
  page(onPost("/hide"), (w) => `/deck/posts/${w.answer}/hide`, [303, 404, 403, 200]),
  act(
    onPost("/hide"),
    async (w) => `/deck/posts/${await heard(w)}/hide`,
    [401, 404, 403, 303],
    () => ({ rule: "5", reason: "Reklam." }),
  ),
  page(onPost("/unhide"), async (w) => `/deck/posts/${await hidden(w)}/unhide`, [303, 404, 403, 200]),
  act(
    onPost("/unhide"),
    async (w) => `/deck/posts/${await hidden(w)}/unhide`,
    [401, 404, 403, 303],
    () => ({ reason: "Fel." }),
  ),

  page("/deck/follow", (w) => `/deck/follow?account=${w.a.office.id}`, [303, 403, 403, 200]),
  act(
    "/deck/follow",
    () => "/deck/follow",
    [401, 403, 403, 200],
    (w) => ({ ...ours(w), handle: `@${w.actor.name}@${w.remote.host}` }),
  ),
  act(
    "/deck/unfollow",
    async (w) => (await followed(w), "/deck/unfollow"),
    [401, 404, 403, 200],
    (w, who) => ({ ...own(w, who), followed: w.stranger }),
  ),
];

function onePixel(): FormData {
  const form = new FormData();
  const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==", "base64");
  form.set("file", new File([gif], "prick.gif", { type: "image/gif" }));
  return form;
}

async function reacted(w: World, reaction: "boost" | "favourite"): Promise<PostId> {
  const post = await w.a.say("Omtyckt");
  const { id } = w.a.authority;
  await w.a.torg.db.as(id, (tx) =>
    react(tx, id, { reaction, post, account: w.a.office.id, person: w.a.person }),
  );
  return post;
}

export function heard(w: World): Promise<PostId> {
  return w.a.hear(w.stranger, `${w.remote.origin}/posts/${w.next()}`, "Köp klockor", w.question);
}

export async function hidden(w: World): Promise<PostId> {
  const post = await heard(w);
  const { id } = w.a.authority;
  const decision = { action: "hide", post, rule: 5, reason: "Reklam.", person: w.a.person } as const;
  await w.a.torg.db.as(id, (tx) => decideOnPost(tx, id, decision, Temporal.Now.instant()));
  return post;
}

async function followed(w: World): Promise<void> {
  const { id } = w.a.authority;
  const followed = await accountOf(w.a, w.stranger);
  await w.a.torg.db.as(id, (tx) =>
    requestFollow(tx, id, { follower: w.a.office.id, followed, person: w.a.person }),
  );
}
