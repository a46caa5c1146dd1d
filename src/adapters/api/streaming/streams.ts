import { findList } from "#domain/relationships/lists.ts";
import { normalTag } from "#domain/text/normal-tag.ts";
import { parseId } from "#platform/id.ts";
import type { Call, Caller } from "../endpoint.ts";
import { holds } from "../scopes.ts";

/** https://docs.joinmastodon.org/methods/streaming/#streams */
const streamNames = [
  "user",
  "user:notification",
  "public",
  "public:media",
  "public:local",
  "public:local:media",
  "public:remote",
  "public:remote:media",
  "hashtag",
  "hashtag:local",
  "list",
  "direct",
] as const;
export type StreamName = (typeof streamNames)[number];

/** What somebody listens to; `subject` is the tag or the list. */
export type Stream = { name: StreamName; subject: string | undefined };

/** How messages name it: by its name and, where it has one, its subject. */
export function labelOf({ name, subject }: Stream): string[] {
  return subject === undefined ? [name] : [name, subject];
}

/** Streams that are the same for an account. */
export function streamKey({ name, subject }: Stream): string {
  return subject === undefined ? name : `${name} ${subject}`;
}

export type StreamAsked = {
  stream: string | undefined;
  tag: string | undefined;
  list: string | undefined;
};
export type StreamFound =
  | { outcome: "found"; stream: Stream }
  | { outcome: "refused"; status: number; error: string };

/** Which stream is asked for, if there is such a one. */
export function readStream(asked: StreamAsked): StreamFound {
  const name = streamNames.find((one) => one === asked.stream);
  if (!name) return refused(400, "Unknown stream type");
  if (name === "hashtag" || name === "hashtag:local") {
    const tag = normalTag(asked.tag ?? "").replace(/^#/, "");
    const isTag = tag !== "" && tag.length <= longestTag;
    return isTag ? found({ name, subject: tag }) : refused(400, "Missing tag name parameter");
  }
  if (name !== "list") return found({ name, subject: undefined });
  const list = parseId<"list">(asked.list);
  return list ? found({ name, subject: list }) : refused(400, "Missing list name parameter");
}

/** The same, if the caller may listen to it. */
export async function findStream(
  { services, site, caller }: Pick<Call<Caller>, "services" | "site" | "caller">,
  asked: StreamAsked,
): Promise<StreamFound> {
  const read = readStream(asked);
  if (read.outcome === "refused") return read;
  const { name, subject } = read.stream;
  const scope = name === "user:notification" ? "read:notifications" : "read:statuses";
  if (!holds(caller.scopes, scope)) return refused(403, "This action is outside the authorized scopes");
  if (name !== "list" || subject === undefined) return read;
  const authority = site.authority.id;
  const list = await services.db.read(authority, (tx) =>
    findList(tx, authority, subject, [caller.account.id]),
  );
  return list ? read : refused(404, "Record not found");
}

function found(stream: Stream): StreamFound {
  return { outcome: "found", stream };
}

const longestTag = 200;

function refused(status: number, error: string): StreamFound {
  return { outcome: "refused", status, error };
}
