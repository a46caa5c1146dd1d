import type { PostId } from "#domain/posts/post.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import type { BenchTorg } from "./start-torg.ts";

/** The office says this in public. */
export async function publish(
  { torg, authority, office, person }: BenchTorg,
  source: string,
): Promise<PostId> {
  const { db, clock } = torg.services;
  const words = { kind: "note", sourceType: "plain", source, language: "sv" } as const;
  const voice = { account: office.id, person, visibility: "public", capacity: "office" } as const;
  const said = await db.as(authority.id, (tx) =>
    publishPost(tx, authority, { ...words, ...voice, attachments: [] }, clock()),
  );
  if (said.outcome !== "published") throw new Error(said.outcome);
  return said.id;
}
