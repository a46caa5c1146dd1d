import { accountUri, postUri, type Site } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Post } from "#domain/posts/post.ts";
import { audience } from "./audience.ts";
import { publicAudience, standalone, type ActivityJson } from "./context.ts";
import { actorDocument, type ActorParts } from "./actor.ts";
import { noteDocument, tombstoneDocument, wireTime, type NoteParts } from "./note.ts";
import { actUri, featuredUri, followersUri, uriOfAccount, uriOfPost } from "./own-uris.ts";

type Named = Pick<Account, "id" | "uri">;

/** The Create of a post, as the outbox lists it too: without the context. */
export function createOf(site: Site, parts: NoteParts): ActivityJson {
  const { post, author } = parts;
  return {
    id: `${postUri(site, post.id)}/activity`,
    type: "Create",
    actor: accountUri(site, author.id),
    published: wireTime(post.publishedAt),
    ...audience(site, author, post.visibility, parts.mentioned),
    object: noteDocument(site, parts),
  };
}

export function create(site: Site, parts: NoteParts): ActivityJson {
  return standalone(createOf(site, parts));
}

/** The version makes each edit an activity of its own. */
export function update(site: Site, parts: NoteParts): ActivityJson {
  const { post, author } = parts;
  return standalone({
    id: `${postUri(site, post.id)}#updates/${post.version}`,
    type: "Update",
    actor: accountUri(site, author.id),
    ...(post.editedAt ? { published: wireTime(post.editedAt) } : {}),
    ...audience(site, author, post.visibility, parts.mentioned),
    object: noteDocument(site, parts),
  });
}

export function remove(site: Site, parts: NoteParts): ActivityJson {
  const { post, author } = parts;
  return standalone({
    id: `${postUri(site, post.id)}#delete`,
    type: "Delete",
    actor: accountUri(site, author.id),
    ...audience(site, author, post.visibility, parts.mentioned),
    object: tombstoneDocument(site, post),
  });
}

export type Announced = {
  id: string;
  account: Pick<Account, "id">;
  post: Pick<Post, "id" | "uri">;
  author: Named;
  at?: Temporal.Instant;
};

/** The Announce of a boost, without the context. */
export function announceOf(site: Site, boost: Announced): ActivityJson {
  return {
    id: actUri(site, boost.account.id, "boosts", boost.id),
    type: "Announce",
    actor: accountUri(site, boost.account.id),
    ...(boost.at ? { published: wireTime(boost.at) } : {}),
    to: [publicAudience],
    cc: [followersUri(site, boost.account), uriOfAccount(site, boost.author)],
    object: uriOfPost(site, boost.post),
  };
}

export function announce(site: Site, boost: Announced): ActivityJson {
  return standalone(announceOf(site, boost));
}

export type Liked = {
  id: string;
  account: Pick<Account, "id">;
  post: Pick<Post, "id" | "uri">;
  author: Named;
};

/** Without the context. */
export function likeOf(site: Site, favourite: Liked): ActivityJson {
  return {
    id: actUri(site, favourite.account.id, "likes", favourite.id),
    type: "Like",
    actor: accountUri(site, favourite.account.id),
    to: [uriOfAccount(site, favourite.author)],
    object: uriOfPost(site, favourite.post),
  };
}

export function like(site: Site, favourite: Liked): ActivityJson {
  return standalone(likeOf(site, favourite));
}

export type Followed = { id: string; follower: Pick<Account, "id">; followed: Named };

/** Without the context. */
export function followOf(site: Site, follow: Followed): ActivityJson {
  const followed = uriOfAccount(site, follow.followed);
  return {
    id: actUri(site, follow.follower.id, "follows", follow.id),
    type: "Follow",
    actor: accountUri(site, follow.follower.id),
    to: [followed],
    object: followed,
  };
}

export function follow(site: Site, followed: Followed): ActivityJson {
  return standalone(followOf(site, followed));
}

/** Without the context. */
export function blockOf(site: Site, blocked: { account: Pick<Account, "id">; whom: Named }): ActivityJson {
  const whom = uriOfAccount(site, blocked.whom);
  return {
    id: actUri(site, blocked.account.id, "blocks", blocked.whom.id),
    type: "Block",
    actor: accountUri(site, blocked.account.id),
    to: [whom],
    object: whom,
  };
}

/** What is taken back stands whole in the Undo, since peers know it by id, by content, or by both. */
export function undo(done: ActivityJson): ActivityJson {
  const { id, actor, to, cc } = done;
  return standalone({
    id: `${String(id)}/undo`,
    type: "Undo",
    actor,
    ...(to ? { to } : {}),
    ...(cc ? { cc } : {}),
    object: done,
  });
}

export type Answered = {
  /** The journal entry: the same follow asked for again is answered again, and that is another activity. */
  entry: string;
  account: Pick<Account, "id">;
  follower: Named;
  /** As the follower's server named it. */
  follow: string;
};

export function answerFollow(site: Site, answer: "Accept" | "Reject", answered: Answered): ActivityJson {
  const account = accountUri(site, answered.account.id);
  const follower = uriOfAccount(site, answered.follower);
  return standalone({
    id: actUri(site, answered.account.id, answer === "Accept" ? "accepts" : "rejects", answered.entry),
    type: answer,
    actor: account,
    to: [follower],
    object: { id: answered.follow, type: "Follow", actor: follower, object: account },
  });
}

export function updateActor(site: Site, parts: ActorParts, entry: string): ActivityJson {
  return standalone({
    id: actUri(site, parts.account.id, "updates", entry),
    type: "Update",
    actor: accountUri(site, parts.account.id),
    to: [publicAudience],
    cc: [followersUri(site, parts.account)],
    object: actorDocument(site, parts),
  });
}

/** A post is kept at the top of its author's page, or no longer. Each is an activity of its own: the entry names it. */
export function feature(
  site: Site,
  type: "Add" | "Remove",
  featured: { entry: string; post: Pick<Post, "id" | "uri" | "account"> },
): ActivityJson {
  const account = { id: featured.post.account };
  return standalone({
    id: actUri(site, account.id, "pins", featured.entry),
    type,
    actor: accountUri(site, account.id),
    to: [publicAudience],
    cc: [followersUri(site, account)],
    object: uriOfPost(site, featured.post),
    target: featuredUri(site, account),
  });
}
