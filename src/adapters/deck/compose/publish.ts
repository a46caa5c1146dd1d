import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { accountsById, isOwn } from "#domain/accounts/account.ts";
import { mediaById } from "#domain/media/media.ts";
import type { PostId } from "#domain/posts/post.ts";
import { findAnyPost, findPost } from "#domain/posts/read-posts.ts";
import { parseId } from "#platform/id.ts";
import { formText } from "../form-text.ts";
import { deckPage } from "../frame.ts";
import { notGranted, speaksFor } from "../guard.ts";
import { accountIds, deckPath, seatOf, type Seat } from "../seat.ts";
import { deckWords } from "../words.ts";
import { composerHtml, type ComposerView } from "./composer-html.ts";
import { draftOf, mostPictures, readComposition, type Composition } from "./composition.ts";
import { problemsOf } from "./problems.ts";
import { keepPicture } from "./upload.ts";
import { composeWords } from "./words.ts";
import { writeComposition } from "./write-composition.ts";

/** POST /deck/posts: publishes, or gives the form back as it was with what is wrong. */
export function publish(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const form = await c.req.formData();
    const parent = parseId<"post">(formText(form, "inReplyTo"));
    const composition = readComposition(form, parent ? { mode: "reply", post: parent } : { mode: "new" });
    return write(services, c, form, composition);
  };
}

/** POST /deck/posts/:id/edit */
export function publishEdit(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const form = await c.req.formData();
    const post = parseId<"post">(c.req.param("id"));
    if (!post) return c.notFound();
    return write(services, c, form, readComposition(form, { mode: "edit", post }));
  };
}

async function write(
  services: Services,
  c: Context<Env>,
  form: FormData,
  typed: Composition,
): Promise<Response> {
  const seat = seatOf(c);
  const account = speaksFor(c, typed.account);
  if (!seat || !account) return notGranted(c);
  let composition = await asPublished(services, seat, typed);
  const added = await keepPicture(services, c, form);
  if (added?.outcome === "stored" && composition.pictures.length < mostPictures)
    composition = { ...composition, pictures: [...composition.pictures, { media: added.id, alt: "" }] };
  const words = composeWords[seat.language].errors;
  if (added && added.outcome !== "stored") {
    const message = added.outcome === "too-large" ? words.tooLarge : words.notPicture;
    return giveBack(services, c, seat, { composition, problems: [{ id: "file", message }] });
  }
  // A picture that came along still lacks its description, so the form comes back for it.
  const editing = form.get("step") === "add-picture" || form.has("remove");
  if (editing) return giveBack(services, c, seat, { composition }, 200);

  const done = await writeComposition(services, seat.site.authority, {
    composition,
    draft: draftOf(composition, seat.language),
    account: account.id,
    person: c.get("person").id,
  });
  if (done.outcome === "published" || done.outcome === "edited" || (done.outcome === "again" && done.same))
    return c.redirect(deckPath(seat, "/deck"), 303);
  if (done.outcome === "again" || done.outcome === "changed")
    composition = { ...composition, ...(await versionNow(services, seat, composition)) };
  if (done.outcome === "again") {
    // The next press is meant: it gets a key of its own.
    const trouble = composition.to.mode === "edit" ? words.changed : words.already;
    return giveBack(services, c, seat, { composition: { ...composition, once: "" }, trouble });
  }
  return giveBack(services, c, seat, { composition, ...problemsOf(done, seat.language) });
}

/** Whoever has been told that the post has changed, and presses again, means to replace what it has become. */
async function versionNow(
  services: Services,
  seat: Seat,
  { to }: Composition,
): Promise<Pick<Composition, "version">> {
  if (to.mode !== "edit") return {};
  const authority = seat.site.authority.id;
  const post = await services.db.read(authority, (tx) => findAnyPost(tx, authority, to.post));
  return post ? { version: post.version } : {};
}

/** A new version keeps kind and way of writing of the post that it replaces, whatever the form says. */
async function asPublished(services: Services, seat: Seat, typed: Composition): Promise<Composition> {
  const { to } = typed;
  if (to.mode !== "edit") return typed;
  const post = await services.db.read(seat.site.authority.id, (tx) =>
    findAnyPost(tx, seat.site.authority.id, to.post),
  );
  if (!post || !isOwn(post)) return typed;
  return { ...typed, article: post.kind === "article", sourceType: post.sourceType };
}

/** The composer again, with nothing lost. */
export async function giveBack(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  view: Omit<ComposerView, "media" | "parentName">,
  status: 200 | 422 = 422,
): Promise<Response> {
  const { to, pictures } = view.composition;
  const authority = seat.site.authority.id;
  const found = await services.db.read(authority, async (tx) => ({
    media: await mediaById(
      tx,
      authority,
      pictures.map((picture) => picture.media),
    ),
    parent: to.mode === "reply" ? await parentOf(tx, seat, to.post) : undefined,
  }));
  const composer = composerHtml(seat, { ...view, media: found.media, parentName: found.parent });
  const page = await deckPage(services, seat, {
    title: composeWords[seat.language][to.mode === "edit" ? "edit" : "new"],
    current: "none",
    composer,
  });
  return c.html(page.text, status);
}

async function parentOf(
  tx: Parameters<typeof findPost>[0],
  seat: Seat,
  post: PostId,
): Promise<string | undefined> {
  const authority = seat.site.authority.id;
  const parent = await findPost(tx, authority, post, { kind: "staff", accounts: accountIds(seat) });
  const author = parent && (await accountsById(tx, authority, [parent.account])).get(parent.account);
  return author ? author.name || author.handle : deckWords[seat.language].thread.title;
}
