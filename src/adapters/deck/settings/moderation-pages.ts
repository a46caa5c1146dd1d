import type { Context } from "hono";
import { fullHandle, type Env, type Services } from "#context.ts";
import { accountsById, type Account } from "#domain/accounts/account.ts";
import { listReports, type Report } from "#domain/moderation/report.ts";
import { hidingsOf, listRules, type Rule } from "#domain/moderation/rules.ts";
import { hiddenPosts, reportedPosts } from "#domain/posts/hidden-posts.ts";
import type { Post } from "#domain/posts/post.ts";
import { excerpt } from "#domain/text/blocks.ts";
import { html, type Html } from "#platform/html.ts";
import { button, section, time } from "#ui/controls.ts";
import { radioGroup, select, textarea } from "#ui/form.ts";
import { postPath } from "#ui/present-post.ts";
import { paths } from "#ui/staff-page.ts";
import { uiWords } from "#ui/words.ts";
import { words } from "./moderation-words.ts";
import { tellField } from "../telling.ts";
import { pathTo, readerOf, settingsPage } from "./page.ts";

export async function moderationPage(services: Services, c: Context<Env>): Promise<Response> {
  const { authority } = c.get("site");
  const language = c.get("language");
  const said = words[language];
  const seen = await services.db.read(authority.id, async (tx) => {
    const waiting = await listReports(tx, authority.id, "waiting", 50);
    const handled = await listReports(tx, authority.id, "handled", 20);
    const hidden = await hiddenPosts(tx, authority.id, 50);
    const posts = await reportedPosts(
      tx,
      authority.id,
      [...waiting, ...handled].flatMap((one) => one.post ?? []),
    );
    const people = [...waiting, ...handled].flatMap((one) =>
      [one.account, one.reporter].filter((id) => id !== null),
    );
    const accounts = await accountsById(tx, authority.id, [
      ...people,
      ...[...posts, ...hidden].map((post) => post.account),
    ]);
    const rules = await listRules(tx, authority.id, language);
    const hidings = await hidingsOf(
      tx,
      authority.id,
      hidden.map((post) => post.id),
      language,
    );
    return {
      waiting,
      handled,
      hidden,
      posts: new Map(posts.map((post) => [String(post.id), post])),
      accounts,
      rules,
      hidings,
    };
  });
  const list = (items: Html[], none: string) =>
    items.length === 0
      ? html`<p>${none}</p>`
      : html`<ul class="plain-list stack">
          ${items}
        </ul>`;
  const waiting = seen.waiting.map(
    (report) =>
      html`<li>${reportText(c, services, report, seen)}${reportForm(c, report, seen.rules, seen.posts)}</li>`,
  );
  const handled = seen.handled.map(
    (report) =>
      html`<li>${reportText(c, services, report, seen)}<p>${outcomeWords(report, language)}</p></li>`,
  );
  const hidden = seen.hidden.map((post) => {
    const hiding = seen.hidings.get(post.id);
    return html`<li>
      ${postText(c, services, post, seen.accounts.get(post.account), post.visibility !== "direct")}
      ${hiding ? html`<p class="quiet">${said.hiddenUnder(String(hiding.rule), hiding.title, hiding.reason)} ${hiding.told ? uiWords[language].authorTold : uiWords[language].authorNotTold}</p>` : null}
      ${unhideForm(c, post)}
    </li>`;
  });
  return settingsPage(services, c, {
    title: said.title,
    lead: html`<a href="${pathTo(c, `${paths.moderation}/blocks`)}">${said.blocks}</a>`,
    current: "moderation",
    main: html`${section({ title: said.waiting, body: list(waiting, said.noneWaiting) })}${section({ title: said.hidden, body: list(hidden, said.noneHidden) })}${section({ title: said.handled, body: list(handled, said.noneHandled) })}`,
  });
}

type Seen = { posts: Map<string, Post>; accounts: Map<string, Account> };

function reportText(c: Context<Env>, services: Services, report: Report, seen: Seen): Html {
  const said = words[c.get("language")];
  const post = report.post ? seen.posts.get(report.post) : undefined;
  const about = report.account ? seen.accounts.get(report.account) : undefined;
  const reporter = report.reporter ? seen.accounts.get(report.reporter) : undefined;
  return html`<p>
      ${time(report.at, readerOf(services, c))}: ${reporter ? said.from(fullHandle(reporter)) : report.contact ? said.from(report.contact) : said.anonymous}
    </p>
    ${report.words ? html`<div class="body"><blockquote><p>${report.words}</p></blockquote></div>` : null}${
      post
        ? postText(c, services, post, seen.accounts.get(post.account), true)
        : html`<p>${about ? said.about(fullHandle(about)) : said.postGone}</p>`
    }`;
}

function postText(
  c: Context<Env>,
  services: Services,
  post: Post,
  author: Account | undefined,
  open: boolean,
): Html {
  const said = words[c.get("language")];
  const site = c.get("site");
  const state = post.deletedAt ? said.removed : open ? undefined : said.direct;
  // What is hidden has no page that the public could open, so not one for us either.
  const href =
    author &&
    (post.hiddenAt ? pathTo(c, `/deck/posts/${post.id}`) : postPath(site, c.get("language"), post, author));
  return html`<div class="body"><blockquote>
    <p>
      <strong><bdi>${author?.name || author?.handle || "–"}</bdi></strong>
      <span class="quiet">${author ? fullHandle(author) : null} ${time(post.publishedAt, readerOf(services, c))}</span>
    </p>
    <p>${state ?? excerpt(post.blocks, 1000)}</p>
    ${href && !post.deletedAt ? html`<p><a href="${href}">${said.see}</a></p>` : null}
  </blockquote></div>`;
}

function reportForm(c: Context<Env>, report: Report, rules: Rule[], posts: Map<string, Post>): Html {
  const language = c.get("language");
  const said = words[language];
  const post = report.post ? posts.get(report.post) : undefined;
  const hideable =
    post !== undefined && post.uri !== null && post.deletedAt === null && post.hiddenAt === null;
  return html`<details>
    <summary>${said.decide}</summary>
    <form class="form" method="post" action="${pathTo(c, `${paths.moderation}/reports/${report.id}`)}">
      ${radioGroup(
        {
          name: "action",
          id: `action-${report.id}`,
          label: said.decision,
          required: true,
          choices: [
            ...(hideable ? [{ value: "hide", label: said.hide, hint: said.hideHint }] : []),
            { value: "nothing", label: said.nothing },
          ],
        },
        { language },
      )}${hideable ? ruleSelect(report.id, rules, language) : null}${reasonField(report.id, language)}${hideable ? tellField("hide", `tell-${report.id}`, true, language) : null}
      <div class="row">${button({ label: said.close })}</div>
    </form>
  </details>`;
}

function unhideForm(c: Context<Env>, post: Post): Html {
  const language = c.get("language");
  const said = words[language];
  return html`<details>
    <summary>${said.unhide}</summary>
    <form class="form" method="post" action="${pathTo(c, `${paths.moderation}/posts/${post.id}/unhide`)}">
      ${reasonField(post.id, language)}${tellField("unhide", `tell-${post.id}`, true, language)}
      <div class="row">${button({ label: said.unhide })}</div>
    </form>
  </details>`;
}

function ruleSelect(id: string, rules: Rule[], language: "sv" | "en"): Html {
  const said = words[language];
  const choices = rules.map((rule) => ({
    value: String(rule.number),
    label: `${rule.number}. ${rule.title}`,
  }));
  const label = { name: "rule", id: `rule-${id}`, label: said.rule };
  return select({ ...label, choices: [{ value: "", label: said.chooseRule }, ...choices] }, { language });
}

export function reasonField(id: string, language: "sv" | "en"): Html {
  const said = words[language];
  const view = {
    name: "reason",
    id: `reason-${id}`,
    label: said.reason,
    hint: said.reasonHint,
    required: true,
  };
  return textarea({ ...view, rows: 3, maxLength: 2000 }, { language });
}

function outcomeWords(report: Report, language: "sv" | "en"): string {
  const said = words[language];
  const [, code, reason] = /^(hidden|no-action): (.*)$/s.exec(report.outcome ?? "") ?? [];
  if (!code) return report.outcome ?? "";
  return said.outcome(code === "hidden" ? said.wasHidden : said.wasNothing, reason ?? "");
}
