import type { Context } from "hono";
import { postUri, type Env, type Services } from "#context.ts";
import type { Face } from "#domain/accounts/account.ts";
import type { Post } from "#domain/posts/post.ts";
import { excerpt } from "#domain/text/blocks.ts";
import type { Faces } from "#domain/timelines/load-faces.ts";
import { html, type Html } from "#platform/html.ts";
import { formatNumber } from "#platform/i18n.ts";
import { accountRow } from "#ui/account.ts";
import { button, notice, section } from "#ui/controls.ts";
import type { OpenGraph } from "#ui/page.ts";
import { pictureOf, presentAccount, summaryOf } from "#ui/present-post.ts";
import { thread, type ThreadNode } from "#ui/thread.ts";
import { buildThread, type Placed } from "./build-thread.ts";
import { joinSection, replyBar } from "./join-section.ts";
import { respond, type PageRequest } from "./page-request.ts";
import { mostPosts, type Conversation } from "./read-conversation.ts";
import { showPosts } from "./show-posts.ts";
import { webWords } from "./words.ts";

/** A conversation around one post: what came before, the post, every public reply, and what is missing. */
export function threadPage(
  services: Services,
  c: Context<Env>,
  request: PageRequest,
  conversation: Conversation,
): Promise<Response> {
  const { lead, posts, notPublic, from, faces } = conversation;
  const { site, reader } = request;
  const own = lead.uri === null;
  const author = faces.accounts.get(lead.account);
  if (!author) throw new Error(`the author of ${lead.id} was not loaded`);
  const here = new Set<string>(posts.map((post) => post.id));
  const built = buildThread(posts, lead);
  const missing = lead.id === lead.thread && notPublic > 0 && from === undefined;
  const root: ThreadNode<Placed> = missing
    ? {
        ...built.root,
        missing: [{ why: "not-public", count: notPublic, href: request.to("/guidelines#record") }],
      }
    : built.root;
  const title =
    from && lead.id === lead.thread
      ? webWords[request.language].thread.later(titleOf(request, lead, author))
      : titleOf(request, lead, author);
  const mayBeFound = lead.visibility === "public" && author.indexable;
  const path = own ? `/@${author.handle}/${lead.id}` : `/posts/${lead.id}`;
  return respond(services, c, request, {
    title,
    description: lead.warning ?? summaryOf(lead, 200),
    canonical: request.at(from && lead.id === lead.thread ? `${path}?after=${from}` : path),
    ...(mayBeFound ? {} : { robots: "noindex" }),
    openGraph: openGraph(request, lead, author, faces, path),
    head: own
      ? html`<link rel="alternate" type="application/activity+json" href="${postUri(site, lead.id)}" />`
      : html``,
    main: html`${thread(
      {
        ancestors: built.ancestors,
        parentMissing: built.parentMissing,
        root,
        afterLead: replyBar(request, `${path}/reply`),
      },
      reader,
      showPosts(services, request, faces, here),
    )}${rest(request, conversation, path)}`,
    aside: html`${whoAnswers(request, posts, faces)}${joinSection(request, ours(posts, faces)[0], `${path}/reply`)}`,
  });
}

/** The ways to what is not on this page: the whole conversation, or its other parts. */
function rest(request: PageRequest, { lead, posts, from, next }: Conversation, path: string): Html | null {
  const words = webWords[request.language].thread;
  const long = notice(
    { tone: "info", body: words.cut(formatNumber(mostPosts, request.language)) },
    request.reader,
  );
  if (lead.id !== lead.thread) {
    const first = posts.find((post) => post.id === lead.thread);
    const whole = first?.deletedAt || first?.hiddenAt ? null : wholeLink(request, lead);
    return html`<div class="stack thread-rest">${next ? long : null}${whole}</div>`;
  }
  if (!from && !next) return null;
  return html`<div class="stack thread-rest">${long}<nav class="pagination" aria-label="${words.parts}">
        ${from ? button({ label: words.firstPart, look: "plain", href: request.to(path) }) : null}${
          next
            ? html`<a class="button plain" rel="next" href="${request.to(`${path}?after=${next}`)}">${words.nextPart}</a>`
            : null
        }
      </nav></div>`;
}

function wholeLink(request: PageRequest, lead: Post): Html {
  return html`<p><a href="${request.to(`/posts/${lead.thread}`)}">${webWords[request.language].thread.whole}</a></p>`;
}

function titleOf(request: PageRequest, lead: Post, author: Face): string {
  if (lead.title) return lead.title;
  const name = author.name || author.handle;
  const words = lead.warning ?? excerpt(lead.blocks, 60);
  return words ? `${name}: ${words}` : webWords[request.language].thread.aroundTitle(name);
}

/** Our voices in the conversation, each once, in order of speaking. */
function ours(posts: readonly Post[], faces: Faces<Face>): Face[] {
  const ids = posts.filter((post) => post.uri === null && !post.deletedAt).map((post) => post.account);
  return [...new Set(ids)].flatMap((id) => faces.accounts.get(id) ?? []);
}

function whoAnswers(request: PageRequest, posts: readonly Post[], faces: Faces<Face>): Html | null {
  const accounts = ours(posts, faces);
  if (accounts.length === 0) return null;
  const words = webWords[request.language].thread;
  const { authority } = request.site;
  const rows = accounts.map((account) => {
    const capacity =
      posts.find((post) => post.account === account.id && post.capacity)?.capacity ?? "authority";
    const name = account.name || account.handle;
    return html`<li>
      ${accountRow(presentAccount(request.site, request.language, account, faces.media))}
      <p>
        ${account.kind === "authority" && capacity === "authority" ? null : words.speaksFor[capacity](name, authority.name)}
        ${account.answers ? words.answersFor(account.answers) : null}
      </p>
    </li>`;
  });
  return section({
    title: words.who,
    body: html`<ul class="account-list">
        ${rows}
      </ul>
      <p><a href="${request.to("/accounts")}">${words.check}</a></p>`,
  });
}

function openGraph(
  request: PageRequest,
  lead: Post,
  author: Face,
  faces: Faces<Face>,
  path: string,
): OpenGraph {
  const { origin } = request.site;
  const first = lead.attachments[0];
  const picture = first && lead.warning === null ? pictureOf(faces.media.get(first.media)) : undefined;
  const face = author.avatar ? pictureOf(faces.media.get(author.avatar), "small") : undefined;
  const image = picture
    ? { ...picture, src: origin + picture.src, alt: first?.alt ?? "" }
    : face && { ...face, src: origin + face.src, alt: author.name };
  return { type: "article", url: request.at(path), ...(image ? { image } : {}) };
}
