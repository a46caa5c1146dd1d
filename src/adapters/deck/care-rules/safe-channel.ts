import type { Context } from "hono";
import { fullHandle, type Env, type Services } from "#context.ts";
import { accountsById, isOwn } from "#domain/accounts/account.ts";
import { accountCare } from "#domain/care/account-care.ts";
import { fillPlaceholders } from "#domain/care/placeholders.ts";
import { moveToSafeChannel } from "#domain/care/safe-channel.ts";
import { careOf } from "#domain/care/care.ts";
import { mayCareFor } from "#domain/care/may-care.ts";
import { seenOf, type Changes } from "#domain/drafts/changed-since.ts";
import type { Post } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import { html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { newSecret } from "#platform/secret.ts";
import { button, notice, pageHead } from "#ui/controls.ts";
import { errorSummary, textarea } from "#ui/form.ts";
import { showOnePost } from "../columns/show-one-post.ts";
import { changesHtml } from "../compose/changes-html.ts";
import { usualCapacity } from "#domain/posts/usual-capacity.ts";
import { problemsOf } from "../compose/problems.ts";
import { findAskedPost } from "../find-asked-post.ts";
import { formText } from "../form-text.ts";
import { errorOf, type FormError } from "../form-values.ts";
import { deckPage } from "../frame.ts";
import { notGranted, speaksFor } from "../guard.ts";
import { missingPage } from "../refusal-pages.ts";
import { accountIds, deckPath, seatOf, type Seat } from "../seat.ts";
import { valuesFor } from "./fill-canned.ts";
import { carePaths } from "./places.ts";
import { safeChannelWords } from "./safe-channel-words.ts";

type Typed = { account: string; text: string; language: "sv" | "en"; once: string; seen: string };
type Objections = { errors: FormError[]; changes?: Changes };

/** GET /deck/posts/:id/safe-channel: the answer that takes a matter of one person away from where all can read it. */
export function showMove(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat?.acting) return notGranted(c);
    return movePage(services, c, seat, undefined, { errors: [] });
  };
}

/** POST /deck/posts/:id/safe-channel: says where to turn instead, and closes the thread. */
export function move(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const form = await c.req.formData();
    const [text, once] = [formText(form, "text").trim(), formText(form, "once")];
    const typed: Typed = {
      account: formText(form, "account"),
      text,
      language: formText(form, "language") === "en" ? "en" : "sv",
      once: /^[\w-]{1,64}$/.test(once) ? once : newSecret(),
      seen: parseId<"post">(formText(form, "seen")) ?? "",
    };
    const account = speaksFor(c, typed.account);
    if (!account) return notGranted(c);
    const said = safeChannelWords[seat.language];
    const hole = /\{[^{}]*\}/.exec(text)?.[0];
    if (hole)
      return movePage(services, c, seat, typed, { errors: [{ id: "text", message: said.hole(hole) }] });
    const by = { person: seat.person, accounts: accountIds(seat) };
    const found = await services.db.as(seat.site.authority.id, async (tx) => {
      const post = await findAskedPost(tx, c, seat);
      if (!post || post.hiddenAt) return undefined;
      const answer = { ...typed, seen: typed.seen || null, post, account, capacity: usualCapacity(account) };
      return { post, moved: await moveToSafeChannel(tx, seat.site.authority, answer, by, services.clock()) };
    });
    if (!found || found.moved.outcome === "not-found") return missing(services, c, seat);
    const { moved } = found;
    if (moved.outcome === "not-granted") return notGranted(c);
    if (moved.outcome === "moved" || moved.outcome === "again")
      return c.redirect(deckPath(seat, `/deck/posts/${found.post.id}`), 303);
    if (moved.outcome === "awaiting") return c.redirect(deckPath(seat, "/deck", { sent: moved.draft }), 303);
    if (moved.outcome === "thread-changed") {
      const { changes } = moved;
      return movePage(services, c, seat, { ...typed, seen: changes.seen }, { errors: [], changes });
    }
    const { problems = [], trouble } = problemsOf(moved, seat.language);
    const messages = trouble ? [trouble] : problems.map(({ message }) => message);
    return movePage(services, c, seat, typed, {
      errors: messages.map((message) => ({ id: "text", message })),
    });
  };
}

async function movePage(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  typed: Typed | undefined,
  { errors, changes }: Objections,
): Promise<Response> {
  const now = services.clock();
  const found = await services.db.read(seat.site.authority.id, async (tx) => {
    const post = await findAskedPost(tx, c, seat);
    const template = post && !post.hiddenAt ? await templateFor(tx, seat, post) : undefined;
    return post && template && { post, template, shown: await showOnePost(tx, seat, post, now) };
  });
  if (!found) return missing(services, c, seat);
  const { post, template, shown } = found;
  const said = safeChannelWords[seat.language];
  const shownForm = typed ?? { ...template, once: newSecret() };
  const isPublic = post.visibility === "public" || post.visibility === "unlisted";
  const title = errors.length > 0 ? `${said.error} ${said.title}` : said.title;
  const page = await deckPage(services, seat, {
    title,
    current: "none",
    content: html`${pageHead({ title: said.title, lead: said.lead })}${errorSummary(errors, seat)}${shown}${
      changes ? await changesHtml(services, seat, changes) : null
    }${notice(
      { tone: "warn", title: isPublic ? said.publicTitle : said.caseTitle, body: said.caseBody },
      seat,
    )}${
      template.way
        ? null
        : notice(
            {
              tone: "info",
              title: said.noWay,
              body: html`<a href="${deckPath(seat, `${carePaths.rules}/accounts/${shownForm.account}`)}">${said.giveWay}</a>`,
            },
            seat,
          )
    }
      <form class="form" method="post" action="${deckPath(seat, `/deck/posts/${post.id}/safe-channel`)}">
        <input type="hidden" name="once" value="${shownForm.once}" /><input type="hidden" name="seen" value="${shownForm.seen}" /><input type="hidden" name="account" value="${shownForm.account}" /><input
          type="hidden"
          name="language"
          value="${shownForm.language}"
        />
        <p>${said.as} <strong>${template.accountName}</strong></p>
        ${textarea({ name: "text", label: said.answer, hint: said.answerHint, value: shownForm.text, rows: 9, required: true, maxLength: 5_000, language: shownForm.language, ...errorOf(errors, "text") }, seat)}
        ${template.approval ? html`<p class="hint">${said.approval}</p>` : null}
        <div class="row">
          ${button({ label: template.approval ? said.ask : said.move, icon: "lock" })}${button({ label: said.cancel, look: "text", href: deckPath(seat, `/deck/posts/${post.id}`) })}
        </div>
      </form>`,
  });
  return c.html(page.text, changes ? 409 : errors.length > 0 ? 422 : 200);
}

/** What is answered unless changed; undefined where there is nothing of ours to move. */
async function templateFor(tx: Transaction, seat: Seat, post: Post) {
  const authority = seat.site.authority.id;
  const care = (await careOf(tx, authority, [post.thread])).get(post.thread);
  if (care && !(await mayCareFor(tx, authority, care, accountIds(seat)))) return undefined;
  // As the account that was spoken to; what somebody began to answer there is another matter.
  const account = seat.accounts.find((one) => one.id === care?.account) ?? seat.acting;
  const author = (await accountsById(tx, authority, [post.account])).get(post.account);
  if (!account || !author || isOwn(post)) return undefined;
  const language: "sv" | "en" = post.language === "en" ? "en" : "sv";
  const values = (await valuesFor(tx, seat, { account, post }))(language);
  const { ways } = await accountCare(tx, authority, account.id);
  const way = ways[language] || ways[language === "sv" ? "en" : "sv"];
  const text = fillPlaceholders(safeChannelWords[language].template, { ...values, contact: way });
  return {
    account: account.id as string,
    accountName: account.name,
    seen: await seenOf(tx, authority, post.thread),
    approval: account.approval,
    language,
    way,
    text: `${fullHandle(author)} ${text}`,
  };
}

function missing(services: Services, c: Context<Env>, seat: Seat): Promise<Response> {
  return missingPage(services, c, { lead: safeChannelWords[seat.language].missing });
}
