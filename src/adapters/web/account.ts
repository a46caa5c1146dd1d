import type { Context, Handler } from "hono";
import { accountUri, type Env, fullHandle, type Services, tagPath } from "#context.ts";
import { findOwnAccount, listOwnAccounts, type Account } from "#domain/accounts/account.ts";
import { excerpt } from "#domain/text/blocks.ts";
import { renderBlocks } from "#domain/text/to-html.ts";
import { accountTimeline } from "#domain/timelines/account-timeline.ts";
import { loadFaces, type Faces } from "#domain/timelines/load-faces.ts";
import { html, raw, type Html } from "#platform/html.ts";
import { accountRow, profileHead } from "#ui/account.ts";
import { button, emptyState, notice, pagination, section } from "#ui/controls.ts";
import { errorPage } from "#ui/error-page.ts";
import { pictureOf, presentAccount } from "#ui/present-post.ts";
import { feedsAt } from "#ui/site-page.ts";
import { joinSection } from "./join-section.ts";
import { beforeOf, cutPage, pageRequest, pageSize, respond, type PageRequest } from "./page-request.ts";
import { postList } from "./post-list.ts";
import { webWords } from "./words.ts";

/** A voice: who speaks, who answers for it, and what has been said. */
export function accountPage(services: Services): Handler<Env> {
  return async (c: Context<Env>) => {
    const request = pageRequest(services, c);
    const { site, language } = request;
    const { authority } = site;
    const handle = handleOf(c);
    const withReplies = c.req.query("with") === "replies";
    const found = await services.db.read(authority.id, async (tx) => {
      const account = await findOwnAccount(tx, authority.id, handle);
      if (!account) return undefined;
      const page = { before: beforeOf(c), limit: pageSize + 1, replies: withReplies };
      const posts = await accountTimeline(tx, authority.id, account.id, page);
      const others = (await listOwnAccounts(tx, authority.id)).filter((one) => one.id !== account.id);
      const faces = await loadFaces(tx, authority.id, posts, language, [account, ...others]);
      return { account, posts, others, faces };
    });
    if (!found) return errorPage(services, c, 404);
    const { account, others, faces } = found;
    if (account.handle !== handle) return c.redirect(request.to(`/@${account.handle}`), 301);
    const words = webWords[language].account;
    const { shown, last } = cutPage(found.posts);
    const here = `/@${account.handle}`;
    const name = account.name || account.handle;
    const query = `${withReplies ? "with=replies&" : ""}before=${last}`;
    const header = account.header ? pictureOf(faces.media.get(account.header)) : undefined;
    const avatar = account.avatar ? pictureOf(faces.media.get(account.avatar), "small") : undefined;
    const description =
      excerpt(account.biography, 200) || [account.role, authority.name].filter(Boolean).join(", ");
    return respond(services, c, request, {
      title: `${name} (${fullHandle(account)})`,
      description,
      current: "accounts",
      feeds: feedsAt(site, here, feedTitle(request, account)),
      head: html`<link rel="alternate" type="application/activity+json" href="${accountUri(site, account.id)}" />`,
      openGraph: {
        type: "profile",
        url: request.at(here),
        title: name,
        ...(avatar ? { image: { ...avatar, src: site.origin + avatar.src, alt: name } } : {}),
      },
      main: html`${profileHead(
        {
          account: presentAccount(site, language, account, faces.media),
          ...(account.biography.length > 0 ? { about: biography(request, account) } : {}),
          ...(account.answers ? { responsible: words.answers(account.answers) } : {}),
          ...(header ? { header } : {}),
          fields: account.fields.map((field) => ({
            name: field.name,
            value: fieldValue(field.value),
            verified: field.verified === true,
          })),
          actions: account.goneAt
            ? null
            : html`${button({ label: words.follow, href: request.to(`${here}/follow`) })}${button({ label: words.feed, look: "plain", icon: "feed", href: `${here}/feed.rss` })}`,
        },
        request.reader,
      )}${account.goneAt ? notice({ tone: "info", body: words.gone }, request.reader) : null}${section({
        title: words.posts,
        body: html`<p class="quiet">
            ${
              withReplies
                ? html`<a href="${request.to(here)}">${words.withoutReplies}</a>`
                : html`<a href="${request.to(`${here}?with=replies`)}">${words.withReplies}</a>`
            }
          </p>
          ${
            shown.length > 0
              ? postList(request, shown, faces, 3)
              : emptyState({
                  title: webWords[language].home.emptyTitle,
                  body: words.empty(name),
                  icon: "write",
                })
          }${pagination(last ? { older: request.to(`${here}?${query}`) } : {}, request.reader)}`,
      })}`,
      aside: html`${aboutVoice(request, account, others, faces)}${account.goneAt ? null : joinSection(request, account)}`,
    });
  };
}

/** "/@kommunchef" → kommunchef. */
export function handleOf(c: Context<Env>): string {
  return (c.req.param("at") ?? "").slice(1);
}

function feedTitle(request: PageRequest, account: Account): string {
  return webWords[request.language].feed.account(account.name || account.handle, request.site.authority.name);
}

function biography(request: PageRequest, account: Account): Html {
  return raw(
    renderBlocks(account.biography, {
      tagHref: (name) => request.to(tagPath(name)),
      mentionHref: (mention) => (mention.href.startsWith("/@") ? request.to(mention.href) : undefined),
    }),
  );
}

/** An address becomes a link that says "this is me", so that the other side can be proven to link back. */
function fieldValue(value: string): Html {
  const url = /^https?:\/\/\S+$/i.test(value) ? URL.parse(value) : null;
  if (!url) return html`${value}`;
  const shown = value.replace(/^https?:\/\//i, "").replace(/\/$/, "");
  return html`<a href="${url.href}" rel="me nofollow noopener">${shown}</a>`;
}

/** An office shows its authority and the authority its offices: one can check both ways. */
function aboutVoice(request: PageRequest, account: Account, others: readonly Account[], faces: Faces): Html {
  const words = webWords[request.language].account;
  const kind = account.kind === "authority" ? "authority" : "office";
  const linked = others.filter((one) => one.kind !== account.kind);
  return html`${section({ title: words.capacityTitle, body: html`<p>${words.capacity[kind](request.site.authority.name)}</p>` })}${
    linked.length > 0
      ? section({
          title: kind === "office" ? words.partOf : words.offices,
          body: html`<ul class="account-list">
            ${linked.map((one) => html`<li>${accountRow(presentAccount(request.site, request.language, one, faces.media))}</li>`)}
          </ul>`,
        })
      : null
  }`;
}
