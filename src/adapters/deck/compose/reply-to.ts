import { accountsById, isOwn, type Account } from "#domain/accounts/account.ts";
import { fullHandle } from "#context.ts";
import type { Post, PostId } from "#domain/posts/post.ts";
import { findAnyPost } from "#domain/posts/read-posts.ts";
import { mentionedIn } from "#domain/posts/mentioned-in.ts";
import { seenOf } from "#domain/drafts/changed-since.ts";
import { latestUnsent } from "#domain/drafts/list-drafts.ts";
import type { Transaction } from "#platform/database.ts";
import type { Seat } from "../seat.ts";
import type { ComposerView } from "./composer-html.ts";
import { blankFor, type Composition } from "./composition.ts";
import { fromDraft } from "./from-draft.ts";
import { mediaOf } from "./give-back.ts";

export type ReplyView = Pick<ComposerView, "media"> & {
  composition: Composition;
  parentName: string;
  thread: PostId;
};

/** A composer for answering a post: as the account it speaks to, to those who take part, no wider than it was. What was begun goes on. */
export async function replyTo(tx: Transaction, seat: Seat, parent: Post): Promise<ReplyView | undefined> {
  const { acting } = seat;
  if (!acting) return undefined;
  const authority = seat.site.authority.id;
  const named = await mentionedIn(tx, authority, parent.id);
  const answered = parent.inReplyTo
    ? (await findAnyPost(tx, authority, parent.inReplyTo))?.account
    : undefined;
  const accounts = await accountsById(tx, authority, [
    parent.account,
    ...named,
    ...(answered ? [answered] : []),
  ]);
  const author = accounts.get(parent.account);
  if (!author) return undefined;
  const addressed = [parent.account, answered, ...named].flatMap(
    (id) => seat.accounts.find((account) => account.id === id) ?? [],
  );
  const account = addressed.find((one) => one.id === acting.id) ?? addressed[0] ?? acting;
  const others = [author, ...named.flatMap((id) => accounts.get(id) ?? [])].filter(
    (one) => one.id !== account.id,
  );
  const parentName = author.name || author.handle;
  const begun = await latestUnsent(tx, authority, seat.person, { mode: "reply", post: parent.id });
  if (begun) {
    const composition = fromDraft(begun, seat);
    return { composition, parentName, thread: parent.thread, media: await mediaOf(tx, seat, composition) };
  }
  const handles = [...new Set(others.map((one) => handleOf(one)))];
  return {
    composition: {
      ...blankFor(account, parent.language ?? seat.language),
      to: { mode: "reply", post: parent.id },
      visibility: parent.visibility,
      warning: parent.warning ?? "",
      text: handles.length > 0 ? `${handles.join(" ")} ` : "",
      seen: await seenOf(tx, authority, parent.thread),
    },
    parentName,
    thread: parent.thread,
    media: new Map(),
  };
}

function handleOf(account: Account): string {
  return isOwn(account) ? `@${account.handle}` : fullHandle(account);
}
