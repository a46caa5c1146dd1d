import { sayKept } from "#domain/accounts/kept.ts";
import { markAccountGone } from "#domain/accounts/save-remote-account.ts";
import { findPostByUri } from "#domain/posts/read-posts.ts";
import { receiveDelete, receiveEdit } from "#domain/posts/receive-change.ts";
import type { Transaction } from "#platform/database.ts";
import { addJob } from "#platform/jobs.ts";
import type { Site } from "#context.ts";
import { idOf, objectOf, sameHost, typeOf, type Json } from "./as2.ts";
import { saveActor } from "./fetch-actor.ts";
import type { Handling } from "./handling.ts";
import { keepNote, keepNotes, queueFetch, readNoteFrom, readNotesFrom } from "./keep-note.ts";
import { isActor, readActor } from "./read-actor.ts";
import { authorOf, isPost } from "./read-note.ts";

/** Several at once, in order, each in a transaction that they share. */
export async function handleCreates(
  tx: Transaction,
  site: Site,
  handlings: readonly Handling[],
): Promise<void> {
  const present = handlings.filter((handling) => !isGone(handling));
  const sources = present.flatMap((handling) => {
    const json = ownObject(handling);
    const { actor, entry, activity, now } = handling;
    return json ? [{ json, author: actor, entry, activity, now }] : [];
  });
  const notes = await readNotesFrom(tx, site, sources);
  await keepNotes(
    tx,
    site,
    notes.flatMap((note) => note ?? []),
    "if-for-us",
  );
  for (const { actor, activity } of present) {
    const id = idOf(activity["object"]);
    if (id && sameHost(id, actor.uri) && !isInline(activity))
      await queueFetch(tx, site, "fetch-post", id, { author: actor.uri });
  }
}

export async function handleUpdate(handling: Handling): Promise<void> {
  const { tx, site, actor, activity, now, entry } = handling;
  const object = objectOf(activity["object"]);
  if (object && isActor(object)) return updateActor(handling, object);
  const post = ownObject(handling);
  if (!post) {
    const id = idOf(activity["object"]);
    if (id && sameHost(id, actor.uri) && !isInline(activity))
      await queueFetch(tx, site, "fetch-post", id, { author: actor.uri, again: "1" });
    return;
  }
  const incoming = await readNoteFrom(tx, site, post, { author: actor, entry, activity, now });
  if (!incoming) return;
  const known = await findPostByUri(tx, site.authority.id, "fediverse", incoming.uri);
  // Votes in a poll come as Updates with the same words and no time.
  if (known && !incoming.editedAt && known.source === incoming.source) return;
  // An edit that does not say when was made now: else it could not be newer than what we have.
  const outcome = await receiveEdit(tx, site.authority.id, {
    ...incoming,
    editedAt: incoming.editedAt ?? now,
  });
  if (outcome.outcome === "unknown") await keepNote(tx, site, incoming, "if-for-us");
  if (outcome.outcome === "not-the-author") drop(handling, "it is another's post");
}

/** Of a post, or of the actor itself with everything it has said. */
export async function handleDelete(handling: Handling): Promise<void> {
  const { tx, site, actor, activity, now, entry } = handling;
  const authority = site.authority.id;
  const uri = idOf(activity["object"]);
  if (!uri || !sameHost(uri, actor.uri)) return drop(handling, "its object is not on its host");
  if (uri === actor.uri) {
    await markAccountGone(tx, authority, actor.id);
    await addJob(
      tx,
      "forget-account",
      { authority, account: actor.id },
      { key: `forget-account:${authority}:${actor.id}` },
    );
    return;
  }
  const removed = { network: "fediverse", uri, author: actor.id, authorUri: actor.uri, entry };
  const outcome = await receiveDelete(tx, authority, removed, now);
  if (outcome.outcome === "not-the-author") drop(handling, "it is another's post");
}

async function updateActor(handling: Handling, object: Json): Promise<void> {
  const { tx, site, actor } = handling;
  const read = readActor(object);
  if (!read || read.uri !== actor.uri) return drop(handling, "it describes another actor");
  // Some leave the key out of an Update: it is still the key that signed it.
  const key = read.publicKey ? {} : { publicKey: actor.publicKey, publicKeyId: actor.publicKeyId };
  await saveActor(tx, site.authority.id, { ...read, ...key });
  await sayKept(tx, site.authority.id, { account: actor.id, what: "accounts" });
}

/** Who has had everything taken away that they said, says nothing more, however late it is handled. */
function isGone(handling: Handling): boolean {
  if (!handling.actor.goneAt) return false;
  drop(handling, "its sender is gone");
  return true;
}

/** The post that came with the activity, if it is the sender's own. */
function ownObject(handling: Handling): Json | undefined {
  const { activity, actor } = handling;
  const object = objectOf(activity["object"]);
  if (!object || !isPost(object)) return undefined;
  const id = idOf(object);
  if (!id || !sameHost(id, actor.uri) || (authorOf(object, actor.uri) ?? actor.uri) !== actor.uri) {
    drop(handling, "it is not the sender's own");
    return undefined;
  }
  return object;
}

function isInline(activity: Json): boolean {
  return typeOf(activity["object"]) !== undefined;
}

function drop({ log }: Handling, why: string): void {
  log.warn("an activity was dropped", { why });
}
