import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { accountsById } from "#domain/accounts/account.ts";
import { mediaById } from "#domain/media/media.ts";
import type { PostId } from "#domain/posts/post.ts";
import { findPost } from "#domain/posts/read-posts.ts";
import type { Transaction } from "#platform/database.ts";
import { deckPage } from "../frame.ts";
import { viewerOf, type Seat } from "../seat.ts";
import { deckWords } from "../words.ts";
import { composerHtml, type ComposerView } from "./composer-html.ts";
import type { Composition } from "./composition.ts";
import { composeWords } from "./words.ts";

export type GivenBack = Omit<ComposerView, "media" | "parentName">;

/** The composer again, with nothing lost: alone for the client, else on a page. */
export async function giveBack(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  view: GivenBack,
  status: 200 | 409 | 422 = 422,
): Promise<Response> {
  const authority = seat.site.authority.id;
  const composer = await services.db.read(authority, (tx) => composerFor(tx, seat, view));
  if (c.req.header("x-deck-part") === "composer") return c.html(composer.text, status);
  const page = await deckPage(services, seat, {
    title: composeWords[seat.language][view.composition.to.mode === "edit" ? "edit" : "new"],
    current: "none",
    composer,
  });
  return c.html(page.text, status);
}

/** A composer with its pictures, and the name of whom it answers. */
export async function composerFor(tx: Transaction, seat: Seat, view: GivenBack) {
  const { to } = view.composition;
  const media = await mediaOf(tx, seat, view.composition);
  const parent = to.mode === "reply" ? await parentOf(tx, seat, to.post) : undefined;
  return composerHtml(seat, { ...view, media, parentName: parent?.name, thread: parent?.thread });
}

export function mediaOf(tx: Transaction, seat: Seat, { pictures }: Pick<Composition, "pictures">) {
  const ids = pictures.map((picture) => picture.media);
  return mediaById(tx, seat.site.authority.id, ids);
}

async function parentOf(
  tx: Transaction,
  seat: Seat,
  post: PostId,
): Promise<{ name: string; thread?: PostId }> {
  const authority = seat.site.authority.id;
  const parent = await findPost(tx, authority, post, viewerOf(seat));
  const author = parent && (await accountsById(tx, authority, [parent.account])).get(parent.account);
  const name = author ? author.name || author.handle : deckWords[seat.language].thread.title;
  return parent ? { name, thread: parent.thread } : { name };
}
