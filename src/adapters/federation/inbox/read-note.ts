import type { AccountId } from "#domain/accounts/account.ts";
import type { Visibility } from "#domain/posts/post.ts";
import type { IncomingPost } from "#domain/posts/receive-post.ts";
import type { Site } from "#context.ts";
import { idOf, idsOf, isPublic, objectsOf, stringOf, typeOf, uriOf, type Json } from "./as2.ts";
import { ownPostId } from "./own-uri.ts";
import { pageOf } from "./read-actor.ts";
import { originalOf, readAttachments, readChoices, readContent } from "./read-content.ts";
import { lineFromHtml, lineOf } from "./text-from-outside.ts";

/** What can be a post here. Those after Page keep their own form where they are, and are a link with words here. */
const postTypes = ["Note", "Article", "Question", "Page", "Video", "Audio", "Event", "Image", "ChatMessage"];

export type NoteContext = {
  site: Site;
  now: Temporal.Instant;
  author: { id: AccountId; uri: string; followers: string | null };
  /** The journal entry that it came in. */
  entry: string | null;
  /** An account known to us, by its name or page. */
  accountOf(uri: string): AccountId | undefined;
  /** The activity, whose addressing counts when the object has none. */
  activity?: Json;
};

export function isPost(json: unknown): json is Json {
  return postTypes.includes(typeOf(json) ?? "");
}

/** Who says it: of several authors the one asked for, as PeerTube names the channel beside the person. */
export function authorOf(json: Json, expected?: string): string | undefined {
  const authors = idsOf(json["attributedTo"] ?? json["actor"]);
  return expected !== undefined && authors.includes(expected) ? expected : authors[0];
}

/** Accounts that the post speaks to, to be looked up before it is read. */
export function accountsNamed(json: Json, activity?: Json): string[] {
  const { to, cc } = addressing(json, activity);
  const tagged = objectsOf(json["tag"]).flatMap((tag) =>
    typeOf(tag) === "Mention" ? (uriOf(tag["href"]) ?? []) : [],
  );
  return [...new Set([...tagged, ...idsOf(to), ...idsOf(cc)])].filter((uri) => !isPublic(uri)).slice(0, 100);
}

/** A post from the fediverse in the one shape of all networks; undefined when there is nothing in it for a reader. */
export function readNote(json: Json, context: NoteContext): IncomingPost | undefined {
  const uri = uriOf(json["id"]);
  if (!uri || !isPost(json)) return undefined;
  const type = typeOf(json) ?? "Note";
  const name = lineOf(json["name"], 300);
  const content = readContent(json, (one) => context.accountOf(one));
  const parent = idOf(json["inReplyTo"]);
  // A vote in a poll looks like a note with a name and no words.
  if (type === "Note" && name && parent && content.source === "") return undefined;
  const { pictures, others } = readAttachments(json);
  const elsewhere = ["Video", "Audio", "Event"].includes(type) ? originalOf(json, name) : [];
  const blocks = [...elsewhere, ...content.blocks, ...readChoices(json), ...others].slice(0, 2000);
  if (blocks.length === 0 && pictures.length === 0) return undefined;
  const publishedAt = timeOf(json["published"], context.now) ?? context.now;
  const updatedAt = timeOf(json["updated"], context.now);
  const named = accountsNamed(json, context.activity).flatMap((one) => context.accountOf(one) ?? []);
  return {
    network: "fediverse",
    uri,
    url: pageOf(json["url"]) ?? null,
    author: context.author.id,
    kind: type === "Article" || type === "Page" ? "article" : "note",
    visibility: visibilityOf(json, context),
    inReplyTo: parent && parent !== uri ? { uri: parent, own: ownPostId(context.site, parent) } : null,
    publishedAt,
    editedAt: updatedAt && Temporal.Instant.compare(updatedAt, publishedAt) > 0 ? updatedAt : null,
    title: name ?? null,
    warning: warningOf(json, type, content.language),
    language: content.language,
    source: content.source,
    blocks,
    pictures,
    mentioned: [...new Set(named)].filter((account) => account !== context.author.id),
    entry: context.entry,
  };
}

/** Some send the addressing with the activity alone. */
function addressing(json: Json, activity: Json | undefined): { to: unknown; cc: unknown } {
  const own = json["to"] !== undefined || json["cc"] !== undefined;
  return own ? { to: json["to"], cc: json["cc"] } : { to: activity?.["to"], cc: activity?.["cc"] };
}

function visibilityOf(json: Json, context: NoteContext): Visibility {
  const { to, cc } = addressing(json, context.activity);
  if (isPublic(to)) return "public";
  if (isPublic(cc)) return "unlisted";
  const { uri, followers } = context.author;
  const isFollowers = (id: string) => id === followers || (id.startsWith(uri) && id.endsWith("/followers"));
  return [...idsOf(to), ...idsOf(cc)].some(isFollowers) ? "followers" : "direct";
}

/** The summary of a short post is its content warning, that of an article its introduction. */
function warningOf(json: Json, type: string, language: string | null): string | null {
  const sensitive = json["sensitive"] === true;
  const introduced = ["Article", "Page", "Video", "Audio", "Event"].includes(type);
  const summary = introduced && !sensitive ? undefined : lineFromHtml(json["summary"], 500);
  if (summary || !sensitive) return summary ?? null;
  return language?.startsWith("sv") ? "Känsligt innehåll" : "Sensitive content";
}

const earliest = Temporal.Instant.from("1990-01-01T00:00:00Z");

/** A time that a post says of itself: not before there was a web, not after now. */
function timeOf(value: unknown, now: Temporal.Instant): Temporal.Instant | undefined {
  const text = stringOf(value);
  const milliseconds = text === undefined || text.length > 64 ? Number.NaN : Date.parse(text);
  if (Number.isNaN(milliseconds)) return undefined;
  const time = Temporal.Instant.fromEpochMilliseconds(milliseconds);
  if (Temporal.Instant.compare(time, now) > 0) return now;
  return Temporal.Instant.compare(time, earliest) < 0 ? undefined : time;
}
