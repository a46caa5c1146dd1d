import type { Context, Handler } from "hono";
import type { Env, Services } from "#context.ts";
import { listOwnAccounts, type Account } from "#domain/accounts/account.ts";
import { postsOfAuthority } from "#domain/posts/read-posts.ts";
import { loadFaces, type Faces } from "#domain/timelines/load-faces.ts";
import { html, type Html } from "#platform/html.ts";
import { accountRow } from "#ui/account.ts";
import { emptyState, pageHead, pagination, section } from "#ui/controls.ts";
import { presentAccount } from "#ui/present-post.ts";
import { joinSection } from "./join-section.ts";
import { beforeOf, cutPage, pageRequest, pageSize, respond, type PageRequest } from "./page-request.ts";
import { postList } from "./post-list.ts";
import { webWords } from "./words.ts";

/** How many voices the aside names before it leads to the list. */
const fewAccounts = 6;

/** What the authority's own accounts have said, newest first. */
export function homePage(services: Services): Handler<Env> {
  return async (c: Context<Env>) => {
    const request = pageRequest(services, c);
    const { authority } = request.site;
    const before = beforeOf(c);
    const { posts, accounts, faces } = await services.db.read(authority.id, async (tx) => {
      const posts = await postsOfAuthority(tx, authority.id, { before, limit: pageSize + 1 });
      const accounts = await listOwnAccounts(tx, authority.id);
      return { posts, accounts, faces: await loadFaces(tx, authority.id, posts, request.language, accounts) };
    });
    const words = webWords[request.language].home;
    const { shown, last } = cutPage(posts);
    const list = shown.length > 0 ? postList(request, shown, faces) : nothing(request, before !== undefined);
    return respond(services, c, request, {
      title: authority.name,
      description: words.description(authority.name),
      current: "home",
      openGraph: { type: "website", url: request.at(request.path) },
      main: html`${pageHead({ title: words.title(authority.name), lead: words.lead })}${list}${pagination(
        last ? { older: request.to(`/?before=${last}`) } : {},
        request.reader,
      )}`,
      aside: html`${whoWeAre(request, accounts, faces)}${joinSection(request, accounts[0])}`,
    });
  };
}

function nothing(request: PageRequest, paged: boolean): Html {
  const words = webWords[request.language].home;
  return paged
    ? emptyState({ title: words.noOlder })
    : emptyState({ title: words.emptyTitle, body: words.emptyBody, icon: "write" });
}

function whoWeAre(request: PageRequest, accounts: readonly Account[], faces: Faces): Html | null {
  if (accounts.length === 0) return null;
  const words = webWords[request.language].home;
  return section({
    title: words.who,
    body: html`<ul class="account-list">
        ${accounts
          .slice(0, fewAccounts)
          .map(
            (account) =>
              html`<li>${accountRow(presentAccount(request.site, request.language, account, faces.media))}</li>`,
          )}
      </ul>
      <p><a href="${request.to("/accounts")}">${words.allAccounts}</a></p>`,
  });
}
