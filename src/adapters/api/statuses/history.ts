import { mediaById } from "#domain/media/media.ts";
import { versionsOfPost, type Version } from "#domain/posts/save-version.ts";
import { answer, missing } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { accountsOf, type Account } from "../entities/account.ts";
import type { MediaAttachment } from "../entities/media.ts";
import { attachmentsOf, contentOf, sourceOf } from "../entities/status.ts";
import { wireTime } from "../entities/wire.ts";
import { findStatus } from "./find-status.ts";

/** https://docs.joinmastodon.org/entities/StatusEdit/ */
export type StatusEdit = {
  content: string;
  spoiler_text: string;
  sensitive: boolean;
  created_at: string;
  account: Account;
  media_attachments: MediaAttachment[];
  emojis: never[];
};

/** GET /api/v1/statuses/:id/history: every version, the first one first. */
export function history(call: Call): Promise<Response> {
  const { services, site, params } = call;
  const authority = site.authority.id;
  return services.db.read(authority, async (tx) => {
    const post = await findStatus(tx, call, params.id("id"));
    if (!post) return missing();
    const [versions, [account]] = await Promise.all([
      versionsOfPost(tx, authority, post.id),
      accountsOf(tx, site, [post.account]),
    ]);
    if (!account) return missing();
    const media = await mediaById(tx, authority, [...new Set(versions.flatMap(picturesIn))]);
    const edits = versions.map((version): StatusEdit => ({
      content: contentOf(site, version),
      spoiler_text: version.warning ?? "",
      sensitive: version.warning !== null,
      // What the first one says of itself; when it came here is another matter.
      created_at: wireTime(version.version === 1 ? post.publishedAt : version.at),
      account,
      media_attachments: attachmentsOf(site, version, { media }),
      emojis: [],
    }));
    return answer(edits);
  });
}

/** GET /api/v1/statuses/:id/source: what an app lets its writer change. */
export function source(call: Call): Promise<Response> {
  const { services, site, params } = call;
  return services.db.read(site.authority.id, async (tx) => {
    const post = await findStatus(tx, call, params.id("id"));
    if (!post) return missing();
    return answer({ id: post.id, text: sourceOf(post), spoiler_text: post.warning ?? "" });
  });
}

function picturesIn({ attachments, blocks }: Pick<Version, "attachments" | "blocks">): string[] {
  const within = blocks.flatMap((block) => (block.kind === "image" ? (block.media ?? []) : []));
  return [...attachments.map(({ media }) => media as string), ...within];
}
