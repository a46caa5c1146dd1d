import type { Context, Handler } from "hono";
import { accountUri, type Env, fullHandle, postUri, postUrl, type Services } from "#context.ts";
import { accountsById, findOwnAccount } from "#domain/accounts/account.ts";
import { html, type Html } from "#platform/html.ts";
import { button, pageHead, section } from "#ui/controls.ts";
import { errorSummary, field } from "#ui/form.ts";
import { errorPage } from "#ui/error-page.ts";
import { handleOf } from "./account.ts";
import { infoBox } from "./info-box.ts";
import { quoted } from "./quoted.ts";
import { findOwnPost, movedTo, notShown } from "./post.ts";
import { pageRequest, respond, type PageRequest } from "./page-request.ts";
import { findInOurs } from "./remote-post.ts";
import { serverOf } from "./server-of.ts";
import { formWords } from "./words-forms.ts";

/** As strict as every page's, but the form may lead to the resident's own server. */
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self' https:; base-uri 'none'; frame-ancestors 'none'";

type Join = {
  title: string;
  lead: string;
  /** What one's own server is asked to open. */
  uri: string;
  /** What is pasted in an app's search field. */
  pasted: string;
  searchHint: string;
  /** What else one should know. */
  more?: string;
  quoted?: Html;
};

/** How to reply from one's own network, for GET and POST. */
export function replyPage(services: Services): Handler<Env> {
  return async (c) => {
    const request = pageRequest(services, c);
    const words = formWords[request.language].join;
    const found = await services.db.read(request.site.authority.id, (tx) => findOwnPost(tx, request, c));
    if (found.state !== "shown") return notShown(services, c, request, found);
    const moved = c.req.method === "POST" ? undefined : movedTo(c, request, found, "/reply");
    if (moved) return moved;
    const { post, author } = found;
    const uri = postUri(request.site, post.id);
    return answer(services, c, request, {
      title: words.replyTitle,
      lead: words.replyLead(author.name || author.handle),
      uri,
      pasted: postUrl(request.site, author.handle, post.id),
      searchHint: words.searchReply,
      quoted: quoted(request, post, 200),
    });
  };
}

/** How to reply to what somebody else has said in a conversation of ours, for GET and POST. */
export function remoteReplyPage(services: Services): Handler<Env> {
  return async (c) => {
    const request = pageRequest(services, c);
    const { authority } = request.site;
    const words = formWords[request.language].join;
    const found = await services.db.read(authority.id, async (tx) => {
      const found = await findInOurs(tx, authority.id, c.req.param("id"));
      const accounts = found && (await accountsById(tx, authority.id, [found.post.account, found.voice]));
      const author = accounts?.get(found?.post.account ?? "");
      const voice = accounts?.get(found?.voice ?? "");
      return found && author && voice && { post: found.post, author, voice };
    });
    if (!found) return errorPage(services, c, 404);
    const { post, author, voice } = found;
    if (post.uri === null) return c.redirect(request.to(`/@${author.handle}/${post.id}/reply`), 301);
    return answer(services, c, request, {
      title: words.replyTitle,
      lead: words.replyLead(author.name || author.handle),
      uri: post.uri,
      pasted: post.url ?? post.uri,
      searchHint: words.searchReply,
      // Elsewhere an answer goes to those whom it names.
      more: words.nameUs(fullHandle(voice)),
      quoted: quoted(request, post, 200),
    });
  };
}

/** How to follow from one's own network, for GET and POST. */
export function followPage(services: Services): Handler<Env> {
  return async (c) => {
    const request = pageRequest(services, c);
    const { authority } = request.site;
    const words = formWords[request.language].join;
    const account = await services.db.read(authority.id, (tx) =>
      findOwnAccount(tx, authority.id, handleOf(c)),
    );
    if (!account || account.goneAt) return errorPage(services, c, 404);
    const name = account.name || account.handle;
    return answer(services, c, request, {
      title: words.followTitle(name),
      lead: words.followLead(name),
      uri: accountUri(request.site, account.id),
      pasted: fullHandle(account),
      searchHint: words.searchFollow,
    });
  };
}

async function answer(
  services: Services,
  c: Context<Env>,
  request: PageRequest,
  join: Join,
): Promise<Response> {
  c.header("content-security-policy", policy);
  if (c.req.method !== "POST") return form(services, c, request, join);
  const body = await c.req.parseBody();
  const typed = typeof body["server"] === "string" ? body["server"] : "";
  const server = serverOf(typed, services.config.allowPrivateNetwork);
  if (!server) return form(services, c, request, join, typed);
  c.header("cache-control", "no-store");
  return c.redirect(`https://${server}/authorize_interaction?uri=${encodeURIComponent(join.uri)}`, 303);
}

function form(
  services: Services,
  c: Context<Env>,
  request: PageRequest,
  join: Join,
  wrong?: string,
): Promise<Response> {
  const words = formWords[request.language].join;
  const { reader } = request;
  const error = wrong === undefined ? {} : { error: words.serverWrong, value: wrong };
  const { email } = request.site.authority;
  return respond(
    services,
    c,
    request,
    {
      title: wrong === undefined ? join.title : `${words.serverWrong} – ${join.title}`,
      robots: "noindex",
      main: html`${pageHead({ title: join.title, lead: join.lead })}<div class="stack">${join.quoted}${join.more ? html`<p>${join.more}</p>` : null}${join.quoted ? infoBox(request) : null}</div>${section(
        {
          title: words.withServer,
          body: html`<form class="form" method="post" action="${request.to(request.path)}" novalidate>
          ${wrong === undefined ? null : errorSummary([{ id: "server", message: words.serverWrong }], reader)}${field(
            {
              name: "server",
              label: words.server,
              hint: words.serverHint,
              required: true,
              inputMode: "email",
              maxLength: 320,
              ...error,
            },
            reader,
          )}
          <div class="row">${button({ label: words.go, icon: "out" })}</div>
        </form>`,
        },
      )}${section({
        title: words.withSearch,
        body: html`<p>${join.searchHint}</p>
          <p><code>${join.pasted}</code></p>`,
      })}${join.quoted ? null : html`<div class="section">${infoBox(request)}</div>`}${section({
        title: words.noAccount,
        body: html`<p>
          ${words.noAccountBody}${email ? html` <a href="mailto:${email}">${words.noAccountMail(email)}</a>` : null}
        </p>`,
      })}`,
    },
    wrong === undefined ? 200 : 400,
  );
}
