import type { Post } from "#domain/posts/post.ts";
import { excerpt, type Block } from "#domain/text/blocks.ts";
import type { DuePush, PushReader } from "#domain/notifications/push-due.ts";
import { pushWords } from "./words.ts";

const longestBody = 140;

/** Who has done something, as it is shown. */
export type Doer = { name: string; icon: string; biography: readonly Block[] };

/**
 * What a device is sent, in the shape that apps made for Mastodon read. The token, which Mastodon puts in, is not
 * known to us any more; the place for it is left, for some apps read nothing without it. What is said in confidence
 * stays behind the app's own lock.
 */
export function writeMessage(
  { id, kind }: Pick<DuePush, "id" | "kind">,
  { language }: Pick<PushReader, "language">,
  doer: Doer,
  post: Post | undefined,
): string {
  const words = pushWords[language];
  const titles: Partial<Record<string, (who: string) => string>> = words.title;
  const message = {
    access_token: "",
    preferred_locale: language,
    notification_type: kind,
    icon: doer.icon,
    title: titles[kind]?.(doer.name) ?? words.other,
    body: post ? bodyOf(post, words.inConfidence) : excerpt(doer.biography, longestBody),
  };
  // Apps take it for a number of 64 bits, which JSON can hold and our numbers cannot.
  return `{"notification_id":${id},${JSON.stringify(message).slice(1)}`;
}

function bodyOf(post: Post, inConfidence: string): string {
  if (post.visibility === "direct" || post.visibility === "followers") return inConfidence;
  return post.warning ? post.warning.slice(0, longestBody) : excerpt(post.blocks, longestBody);
}
