import type { Entry } from "#domain/journal/entry.ts";

/**
 * What an entry means for those who listen. put: a post is new; changed: it says something else; passed: it is passed
 * on by a boost; gone: a post, or a boost of it (`id`), no longer stands.
 */
export type Tiding =
  | { kind: "put" | "changed"; post: string }
  | { kind: "passed"; post: string; boost: string }
  | { kind: "gone"; post: string; id: string };

export function tidingsOf(entries: readonly Entry[]): Tiding[] {
  return entries.flatMap(({ kind, post, subject }) => {
    if (!post) return [];
    const [boost] = subject;
    const make = makers[kind];
    return make?.(post, boost ?? post) ?? [];
  });
}

/** What has happened to tokens and to those who hold them: their connections are looked at anew. */
export function concernsTokens({ kind }: Entry): boolean {
  return /^(access-token|account-grant|person-(?!signed)|oauth|app-)/.test(kind);
}

const put = (post: string): Tiding => ({ kind: "put", post });
const changed = (post: string): Tiding => ({ kind: "changed", post });
const passed = (post: string, boost: string): Tiding => ({ kind: "passed", post, boost });
const gone = (post: string, id: string = post): Tiding => ({ kind: "gone", post, id });
const removed = (post: string): Tiding => gone(post);

const makers: Record<string, ((post: string, boost: string) => Tiding) | undefined> = {
  "post-published": put,
  "post-received": put,
  "post-edited": changed,
  "post-edit-received": changed,
  "post-boosted": passed,
  "boost-received": passed,
  "boost-undone": gone,
  "boost-undo-received": gone,
  "post-deleted": removed,
  "post-delete-received": removed,
  "post-hidden": removed,
};
