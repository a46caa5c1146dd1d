import type { Context, Handler } from "hono";
import type { Env, Services } from "#context.ts";
import { receiveReport } from "#domain/moderation/report.ts";
import type { Post } from "#domain/posts/post.ts";
import { findPost } from "#domain/posts/read-posts.ts";
import { anyone } from "#domain/posts/visible-to.ts";
import { html } from "#platform/html.ts";
import { formatInstant } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import { networkOf, withinLimit } from "#platform/rate-limit.ts";
import { button, notice, pageHead, section } from "#ui/controls.ts";
import { errorPage } from "#ui/error-page.ts";
import { errorSummary, field, textarea } from "#ui/form.ts";
import { pageRequest, respond, type PageRequest } from "./page-request.ts";
import { quoted } from "./quoted.ts";
import { formWords } from "./words-forms.ts";

const limit = { max: 10, seconds: 3_600 };
const mostWords = 2_000;
const mostContact = 200;

type Filled = { words: string; contact: string };

/** Anyone may tell us of a post, without saying who they are. */
export function reportForm(services: Services): Handler<Env> {
  return async (c) => {
    const request = pageRequest(services, c);
    const post = await reported(services, request, c.req.query("post"));
    return post ? form(services, c, request, post) : unknown(services, c, request);
  };
}

/** Keeps the report and says when: from that moment we know. */
export function sendReport(services: Services): Handler<Env> {
  return async (c) => {
    const request = pageRequest(services, c);
    const { authority } = request.site;
    const body = await c.req.parseBody();
    const text = (name: string) => (typeof body[name] === "string" ? body[name].trim() : "");
    const post = await reported(services, request, text("post"));
    if (!post) return unknown(services, c, request);
    const filled = { words: text("words"), contact: text("contact") };
    const errors = check(request, filled);
    if (errors.length > 0) return form(services, c, request, post, filled, errors);
    const now = services.clock();
    const kept = await services.db.as(authority.id, async (tx) => {
      const key = `report:${networkOf(c.get("address"))}`;
      if (!(await withinLimit(tx, authority.id, { key, ...limit }, now))) return false;
      await receiveReport(tx, authority.id, {
        post: post.id,
        account: post.account,
        reporter: null,
        contact: filled.contact || null,
        words: filled.words,
        uri: null,
      });
      return true;
    });
    return kept ? thanks(services, c, request, post, now) : errorPage(services, c, 429);
  };
}

async function reported(
  services: Services,
  request: PageRequest,
  id: string | undefined,
): Promise<Post | undefined> {
  const post = parseId<"post">(id);
  const { authority } = request.site;
  return post && services.db.read(authority.id, (tx) => findPost(tx, authority.id, post, anyone));
}

function check(request: PageRequest, filled: Filled): { id: "words" | "contact"; message: string }[] {
  const words = formWords[request.language].report;
  const errors: { id: "words" | "contact"; message: string }[] = [];
  if (filled.words === "") errors.push({ id: "words", message: words.wordsMissing });
  if (filled.words.length > mostWords) errors.push({ id: "words", message: words.wordsLong });
  if (filled.contact.length > mostContact) errors.push({ id: "contact", message: words.contactLong });
  return errors;
}

function unknown(services: Services, c: Context<Env>, request: PageRequest): Promise<Response> {
  return errorPage(services, c, 404, { lead: formWords[request.language].report.unknown });
}

function form(
  services: Services,
  c: Context<Env>,
  request: PageRequest,
  post: Post,
  filled: Filled = { words: "", contact: "" },
  errors: { id: "words" | "contact"; message: string }[] = [],
): Promise<Response> {
  const words = formWords[request.language].report;
  const { rules } = formWords[request.language].join;
  const { reader } = request;
  const errorOf = (id: string) => {
    const found = errors.find((error) => error.id === id);
    return found ? { error: found.message } : {};
  };
  return respond(
    services,
    c,
    request,
    {
      title: words.title,
      robots: "noindex",
      main: html`${pageHead({ title: words.title, lead: words.lead })}<div class="stack"><h2>${words.about}</h2>${quoted(request, post, 300)}
        <form class="form" method="post" action="${request.to("/report")}" novalidate>
          ${errorSummary(errors, reader)}<input type="hidden" name="post" value="${post.id}" />${textarea(
            {
              name: "words",
              label: words.words,
              hint: html`${words.wordsHint} <a href="${request.to("/guidelines")}">${rules}</a>`,
              required: true,
              rows: 5,
              maxLength: mostWords,
              value: filled.words,
              ...errorOf("words"),
            },
            reader,
          )}${field(
            {
              name: "contact",
              label: words.contact,
              hint: words.contactHint,
              maxLength: mostContact,
              autocomplete: "email",
              value: filled.contact,
              ...errorOf("contact"),
            },
            reader,
          )}${notice({ tone: "info", body: words.record }, reader)}
          <div class="row">${button({ label: words.send, icon: "report" })}</div>
        </form></div>`,
    },
    errors.length > 0 ? 400 : 200,
  );
}

function thanks(
  services: Services,
  c: Context<Env>,
  request: PageRequest,
  post: Post,
  now: Temporal.Instant,
): Promise<Response> {
  const words = formWords[request.language].report;
  const when = formatInstant(now, { ...request.reader, style: "full" });
  const { read, decide, tell } = words.nextItems;
  c.header("cache-control", "no-store");
  return respond(services, c, request, {
    title: words.doneTitle,
    robots: "noindex",
    main: html`${pageHead({ title: words.doneTitle, lead: words.doneLead(when) })}${section({
      title: words.next,
      body: html`<ol>
          ${[read, decide, tell].map((item) => html`<li>${item}</li>`)}
        </ol>
        <p><a href="${request.to(`/posts/${post.id}`)}">${words.back}</a></p>`,
    })}`,
  });
}
