import { createHash } from "node:crypto";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";

/** `said` is what is written, in any stable form; without it, whatever comes with the key counts as the same. */
export type OnceKey = { person: PersonId; key: string; said?: unknown };
/** The key has been used. same: to say the same; else the words have changed since, and nothing was written now. */
export type Again = { outcome: "again"; post: PostId; same: boolean };

const keptFor = Temporal.Duration.from({ hours: 7 * 24 });

/**
 * Writes a post or a version once for each key: whoever did not hear the answer may ask again. The key is kept in the
 * transaction of what is written, so that a second request waits for the first and then learns what became of it.
 * `postOf` names the post that was written; when there is none, the key stays free.
 */
export async function writeOnce<Done>(
  tx: Transaction,
  authority: AuthorityId,
  once: OnceKey,
  now: Temporal.Instant,
  write: () => Promise<Done>,
  postOf: (done: Done) => PostId | undefined,
): Promise<Done | Again> {
  const { person, key } = once;
  const digest = once.said === undefined ? null : digestOf(once.said);
  await forgetOld(tx, authority, now);
  const [mine] = await tx`
    insert into publish_key (authority, person, key, digest, at)
    values (${authority}, ${person}, ${key}, ${digest}, ${now})
    on conflict do nothing returning key`;
  if (!mine) return findAgain(tx, authority, once, digest);
  const done = await write();
  const post = postOf(done);
  if (post === undefined)
    await tx`delete from publish_key where authority = ${authority} and person = ${person} and key = ${key}`;
  else
    await tx`
      update publish_key set post = ${post} where authority = ${authority} and person = ${person} and key = ${key}`;
  return done;
}

async function findAgain(
  tx: Transaction,
  authority: AuthorityId,
  { person, key }: OnceKey,
  digest: Buffer | null,
): Promise<Again> {
  const [row] = await tx<{ post: PostId; same: boolean }[]>`
    select post, coalesce(digest = ${digest}::bytea, true) as same from publish_key
    where authority = ${authority} and person = ${person} and key = ${key} and post is not null`;
  if (!row) throw new Error("a publish key vanished");
  return { outcome: "again", ...row };
}

/** A few at a time, and never those that another request is about to take away. */
async function forgetOld(tx: Transaction, authority: AuthorityId, now: Temporal.Instant): Promise<void> {
  await tx`
    delete from publish_key where authority = ${authority} and (person, key) in (
      select person, key from publish_key where authority = ${authority} and at < ${now.subtract(keptFor)}
      order by at limit 50 for update skip locked)`;
}

function digestOf(said: unknown): Buffer {
  return createHash("sha256").update(JSON.stringify(said)).digest();
}
