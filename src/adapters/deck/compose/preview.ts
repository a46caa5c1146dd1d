import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { Post, PostId } from "#domain/posts/post.ts";
import { findPost } from "#domain/posts/read-posts.ts";
import { writeBody } from "#domain/posts/write-body.ts";
import { plannedTime } from "#domain/drafts/plan.ts";
import { partsToSend } from "#domain/text/split-text.ts";
import { loadFaces } from "#domain/timelines/load-faces.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { formatInstant } from "#platform/i18n.ts";
import { postArticle } from "#ui/post.ts";
import { presentPost } from "#ui/present-post.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { readerOf, viewerOf } from "../seat.ts";
import { checkWords } from "./check-words.ts";
import { draftOf, type Composition } from "./composition.ts";
import { findMentioned } from "#domain/posts/find-mentioned.ts";
import { findingsOf } from "./findings.ts";
import { composerFor } from "./give-back.ts";
import type { LinkCheck } from "./link-check.ts";
import { readTyped, type Typed } from "./typed.ts";
import { composeWords } from "./words.ts";

/** POST /deck/compose/preview: the post as the public page will show it, each part of a thread by itself. */
export function preview(services: Services, linkState: LinkCheck) {
  return async (c: Context<Env>): Promise<Response> => {
    const typed = await readTyped(services, c);
    if (!typed) return notGranted(c);
    const { seat, composition } = typed;
    const { authority } = seat.site;
    const now = services.clock();
    // Whom the text names is looked up as when it is sent: else the preview would show less than what is.
    await findMentioned(services, authority, draftOf(composition, seat.language));
    const shown = await services.db.read(authority.id, (tx) => previewHtml(tx, typed, now));
    if (c.req.header("x-deck-part") !== undefined) return c.html(shown.text);
    const findings = findingsOf(composition, { authority, now, linkState });
    const composer = await services.db.read(authority.id, (tx) =>
      composerFor(tx, seat, { composition, findings }),
    );
    const title = composeWords[seat.language].previewTitle;
    const page = await deckPage(services, seat, { title, current: "none", content: shown, composer });
    return c.html(page.text);
  };
}

/** What goes out, as the public page will show it. */
export async function previewHtml(
  tx: Transaction,
  { seat, composition, account }: Pick<Typed, "seat" | "composition" | "account">,
  now: Temporal.Instant,
): Promise<Html> {
  const { language, site } = seat;
  const words = composeWords[language];
  const parts = partsToSend(composition);
  const at = dueAt(composition, site.authority.zone) ?? now;
  const { to } = composition;
  const answered =
    to.mode === "reply" ? await findPost(tx, site.authority.id, to.post, viewerOf(seat)) : undefined;
  const posts: Post[] = [];
  for (const [index, source] of parts.entries())
    posts.push(await postOf(tx, { seat, composition, account, answered, source, index, at }));
  const faces = await loadFaces(tx, site.authority.id, posts, language);
  const reader = readerOf(seat, now);
  const articles = posts.map((post, index) => {
    const view = presentPost(site, language, post, faces);
    const article = postArticle(view, reader, {
      level: 3,
      showReplyTo: index === 0,
      ...(post.kind === "article" ? { variant: "lead" as const } : {}),
    });
    if (posts.length === 1) return article;
    return html`<h3 class="preview-part">${checkWords[language].part(String(index + 1), String(posts.length))}</h3>
      ${article}`;
  });
  const when =
    composition.when && at !== now
      ? words.previewPlanned(formatInstant(at, { ...reader, style: "full" }))
      : null;
  return html`<section class="preview" id="preview" aria-labelledby="preview-title">
    <header>
      <h2 id="preview-title">${words.previewTitle}</h2>
      <button class="button plain" type="button" data-preview-close hidden>${words.backToWriting}</button>
    </header>
    <p class="small quiet">${words.previewLead}${when && html` ${when}`}</p>
    ${articles}
  </section>`;
}

type Part = Pick<Typed, "seat" | "composition" | "account"> & {
  answered: Post | undefined;
  source: string;
  index: number;
  at: Temporal.Instant;
};

/** The post that a part becomes, as it would be read back. */
async function postOf(
  tx: Transaction,
  { seat, composition, account, answered, source, index, at }: Part,
): Promise<Post> {
  const { authority } = seat.site;
  const draft = { ...draftOf(composition, seat.language), source };
  const { blocks } = await writeBody(tx, authority, draft);
  const id = String(index) as PostId;
  return {
    id,
    account: account.id,
    network: "torg",
    uri: null,
    url: null,
    kind: draft.kind,
    visibility: composition.visibility,
    capacity: composition.capacity,
    version: 1,
    thread: answered?.thread ?? id,
    inReplyTo: index === 0 ? (answered?.id ?? null) : null,
    inReplyToUri: null,
    parentState: null,
    publishedAt: at,
    editedAt: null,
    deletedAt: null,
    hiddenAt: null,
    person: seat.person,
    sourceType: draft.sourceType,
    source,
    title: draft.title?.trim() || null,
    warning: draft.warning?.trim() || null,
    language: draft.language,
    blocks,
    attachments: index === 0 ? draft.attachments : [],
    reason: null,
  };
}

function dueAt({ when }: Composition, zone: string): Temporal.Instant | undefined {
  return plannedTime(when, zone)?.at;
}
