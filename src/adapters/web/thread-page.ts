import type { Transaction } from "#platform/database.ts";
import type { Context } from "hono";
import { postUri, type Env, type Services } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import { countNotPublic } from "#domain/posts/count-not-public.ts";
import type { Post } from "#domain/posts/post.ts";
import { readThread } from "#domain/posts/read-posts.ts";
import { anyone } from "#domain/posts/visible-to.ts";
import { excerpt } from "#domain/text/blocks.ts";
import { loadFaces, type Faces } from "#domain/timelines/load-faces.ts";
import { html, type Html } from "#platform/html.ts";
import { formatNumber } from "#platform/i18n.ts";
import { accountRow } from "#ui/account.ts";
import { notice, section } from "#ui/controls.ts";
import type { OpenGraph } from "#ui/page.ts";
import type { PostView } from "#ui/post.ts";
import { pictureOf, presentAccount } from "#ui/present-post.ts";
import { thread, type ThreadNode } from "#ui/thread.ts";
import { buildThread } from "./build-thread.ts";
import { joinSection } from "./join-section.ts";
import { respond, type PageRequest } from "./page-request.ts";
import { publicPost } from "./post-list.ts";
import { webWords } from "./words.ts";

/** More than this in one conversation is not on one page. */
const mostPosts = 1_000;

export type Conversation = { lead: Post; posts: Post[]; notPublic: number; cut: boolean; faces: Faces };

/** Everything that a thread's page shows, in the same few queries however long it is. */
export async function readConversation(
  tx: Transaction,
  request: PageRequest,
  lead: Post,
): Promise<Conversation> {
  const { authority } = request.site;
  const read = await readThread(tx, authority.id, lead.thread, anyone, mostPosts + 1);
  const posts = read.slice(0, mostPosts);
  const notPublic = await countNotPublic(tx, authority.id, lead.thread);
  const all = posts.some((post) => post.id === lead.id) ? posts : [...posts, lead];
  return {
    lead,
    posts: all,
    notPublic,
    cut: read.length > mostPosts,
    faces: await loadFaces(tx, authority.id, all, request.language),
  };
}

/** A conversation around one post: what came before, the post, every public reply, and what is missing. */
export function threadPage(
  services: Services,
  c: Context<Env>,
  request: PageRequest,
  { lead, posts, notPublic, cut, faces }: Conversation,
): Promise<Response> {
  const { site, reader } = request;
  const own = lead.uri === null;
  const author = faces.accounts.get(lead.account);
  if (!author) throw new Error(`the author of ${lead.id} was not loaded`);
  const present = (post: Post, parent?: Post): PostView => {
    const view = publicPost(request, post, faces, { inThread: true });
    // What is taken away is not named by those who answered it.
    return parent?.deletedAt || parent?.hiddenAt ? withoutParent(view) : view;
  };
  const built = buildThread(posts, lead, present);
  const missing = lead.id === lead.thread && notPublic > 0;
  const root: ThreadNode = missing
    ? {
        ...built.root,
        missing: [{ why: "not-public", count: notPublic, href: request.to("/guidelines#record") }],
      }
    : built.root;
  const title = titleOf(request, lead, author);
  const mayBeFound = lead.visibility === "public" && author.indexable;
  const path = own ? `/@${author.handle}/${lead.id}` : `/posts/${lead.id}`;
  return respond(services, c, request, {
    title,
    description: lead.warning ?? excerpt(lead.blocks, 200),
    canonical: request.at(path),
    ...(mayBeFound ? {} : { robots: "noindex" }),
    openGraph: openGraph(request, lead, author, faces, path),
    head: own
      ? html`<link rel="alternate" type="application/activity+json" href="${postUri(site, lead.id)}" />`
      : html``,
    main: html`${thread(
      {
        ancestors: built.ancestors.map((post, index) => present(post, built.ancestors[index - 1])),
        parentMissing: built.parentMissing,
        root,
      },
      reader,
    )}${cut ? notice({ tone: "info", body: webWords[request.language].thread.cut(formatNumber(mostPosts, request.language)) }, reader) : null}`,
    aside: html`${whoAnswers(request, posts, faces)}${joinSection(request, ours(posts, faces)[0], own ? `${path}/reply` : undefined)}`,
  });
}

function titleOf(request: PageRequest, lead: Post, author: Account): string {
  if (lead.title) return lead.title;
  const name = author.name || author.handle;
  const words = lead.warning ?? excerpt(lead.blocks, 60);
  return words ? `${name}: ${words}` : webWords[request.language].thread.aroundTitle(name);
}

function withoutParent(view: PostView): PostView {
  const { replyTo: _, ...rest } = view;
  return rest;
}

/** Our voices in the conversation, each once, in order of speaking. */
function ours(posts: readonly Post[], faces: Faces): Account[] {
  const ids = posts.filter((post) => post.uri === null && !post.deletedAt).map((post) => post.account);
  return [...new Set(ids)].flatMap((id) => faces.accounts.get(id) ?? []);
}

function whoAnswers(request: PageRequest, posts: readonly Post[], faces: Faces): Html | null {
  const accounts = ours(posts, faces);
  if (accounts.length === 0) return null;
  const words = webWords[request.language].thread;
  const { authority } = request.site;
  const rows = accounts.map((account) => {
    const capacity =
      posts.find((post) => post.account === account.id && post.capacity)?.capacity ?? "authority";
    const name = account.name || account.handle;
    return html`${accountRow(presentAccount(request.site, request.language, account, faces.media))}
      <p>
        ${account.kind === "authority" && capacity === "authority" ? null : words.speaksFor[capacity](name, authority.name)}
        ${account.answers ? words.answersFor(account.answers) : null}
      </p>`;
  });
  return section({
    title: words.who,
    body: html`<div class="account-list">${rows}</div>
      <p><a href="${request.to("/accounts")}">${words.check}</a></p>`,
  });
}

function openGraph(request: PageRequest, lead: Post, author: Account, faces: Faces, path: string): OpenGraph {
  const { origin } = request.site;
  const first = lead.attachments[0];
  const picture = first && lead.warning === null ? pictureOf(faces.media.get(first.media)) : undefined;
  const face = author.avatar ? pictureOf(faces.media.get(author.avatar), "small") : undefined;
  const image = picture
    ? { ...picture, src: origin + picture.src, alt: first?.alt ?? "" }
    : face && { ...face, src: origin + face.src, alt: author.name };
  return { type: "article", url: request.at(path), ...(image ? { image } : {}) };
}
