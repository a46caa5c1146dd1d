import { Hono, type Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import { mediaById } from "#domain/media/media.ts";
import { answerFollow, findFollow, type FollowId } from "#domain/relationships/follows.ts";
import { pageFollows } from "#domain/relationships/page-follows.ts";
import { html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { accountRow } from "#ui/account.ts";
import { button, pagination, section } from "#ui/controls.ts";
import { presentAccount } from "#ui/present-post.ts";
import { paths } from "#ui/staff-page.ts";
import { readForm } from "../form-values.ts";
import { notGranted } from "../guard.ts";
import { words } from "./account-words.ts";
import { findOwn, mayManage } from "./may-manage.ts";
import { backTo, pathTo, settingsPage } from "./page.ts";

const perPage = 50;
const mostWaiting = 200;

/** Who follows an account, and who waits to. For those who speak for it. */
export function followerRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const followers = `${paths.accounts}/:account/followers`;

  app.get(followers, async (c) => {
    const account = await findOwn(services, c.get("site").authority.id, c.req.param("account"));
    if (!account) return c.notFound();
    return mayManage(c, account) ? followersPage(services, c, account) : notGranted(c);
  });

  app.post(followers, async (c) => {
    const { authority } = c.get("site");
    const account = await findOwn(services, authority.id, c.req.param("account"));
    if (!account) return c.notFound();
    if (!mayManage(c, account)) return notGranted(c);
    const form = await readForm(c);
    const follow = parseId<"follow">(form.text("follow"));
    const answer = form.text("answer") === "accept" ? "accept" : "reject";
    const answered =
      follow &&
      (await services.db.as(authority.id, async (tx) => {
        // The grant is for this account alone: a follow of another is not theirs to answer.
        const found = await findFollow(tx, authority.id, follow);
        if (found?.followed !== account.id || found.state !== "pending") return false;
        return answerFollow(tx, authority.id, follow, answer, c.get("person").id);
      }));
    const done = answered ? (answer === "accept" ? "accepted" : "rejected") : "not-found";
    return backTo(c, `${paths.accounts}/${account.id}/followers`, done);
  });

  return app;
}

async function followersPage(services: Services, c: Context<Env>, account: Account): Promise<Response> {
  const site = c.get("site");
  const { id } = site.authority;
  const language = c.get("language");
  const said = words[language];
  const before = parseId<"follow">(c.req.query("before"));
  const { waiting, following, media } = await services.db.read(id, async (tx) => {
    // Who has waited longest comes first.
    const waiting = (
      await pageFollows(tx, id, account.id, "requests", { up: true, limit: mostWaiting })
    ).toReversed();
    const following = await pageFollows(tx, id, account.id, "followers", { before, limit: perPage + 1 });
    const pictures = [...waiting, ...following].flatMap((one) => one.avatar ?? []);
    return { waiting, following, media: await mediaById(tx, id, pictures) };
  });
  const here = pathTo(c, `${paths.accounts}/${account.id}/followers`);
  const shown = following.slice(0, perPage);
  const last = shown.at(-1);
  const row = (one: Account, more?: ReturnType<typeof html>) =>
    html`<li>${accountRow(presentAccount(site, language, one, media), more)}</li>`;
  const answers = (one: Account & { place: FollowId }) =>
    html`<form class="row" method="post" action="${here}">
      <input type="hidden" name="follow" value="${one.place}" />
      ${button({ label: said.accept(one.name || one.handle), name: "answer", value: "accept" })}${button({ label: said.reject(one.name || one.handle), look: "plain", name: "answer", value: "reject" })}
    </form>`;
  const older = following.length > perPage && last ? { older: `${here}?before=${last.place}` } : {};
  return settingsPage(services, c, {
    title: said.followersOf(account.name),
    ...(account.locked ? {} : { lead: said.notLocked }),
    current: "accounts",
    main: html`${
      account.locked || waiting.length > 0
        ? section({
            title: said.waiting,
            body:
              waiting.length > 0
                ? html`<ul class="plain-list account-list">
                    ${waiting.map((one) => row(one, answers(one)))}
                  </ul>`
                : html`<p>${said.noneWaiting}</p>`,
          })
        : null
    }${section({
      title: said.accepted,
      body:
        shown.length > 0
          ? html`<ul class="plain-list account-list">
                ${shown.map((one) => row(one))}
              </ul>
              ${pagination(older, { language })}`
          : html`<p>${said.noFollowers}</p>`,
    })}`,
  });
}
