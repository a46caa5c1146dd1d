import { Hono, type Context } from "hono";
import { fullHandle, type Env, type Services } from "#context.ts";
import { accountsByHandle, accountsById } from "#domain/accounts/account.ts";
import { isHost } from "#domain/authorities/create-authority.ts";
import { blockDecisions } from "#domain/moderation/block-decisions.ts";
import { decideOnBlock } from "#domain/moderation/decide.ts";
import { listRules } from "#domain/moderation/rules.ts";
import { suffixes, type Blocked } from "#domain/relationships/blocks.ts";
import { html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { button, section, time } from "#ui/controls.ts";
import { field, select, textarea } from "#ui/form.ts";
import { paths } from "#ui/staff-page.ts";
import { errorOf, type FormError, readForm } from "../form-values.ts";
import { doneFor, ruleIn } from "./moderation.ts";
import { reasonField } from "./moderation-pages.ts";
import { words } from "./moderation-words.ts";
import { backTo, pathTo, readerOf, settingsPage } from "./page.ts";

const here = `${paths.moderation}/blocks`;
type Values = { whom: string; rule: string; reason: string };

/** Those from whom nothing is taken: a person, or a whole server. For moderators. */
export function blockRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db } = services;

  app.get(here, (c) =>
    blocksPage(services, c, { whom: c.req.query("whom") ?? "", rule: "", reason: "" }, []),
  );

  app.post(here, async (c) => {
    const form = await readForm(c);
    const { authority } = c.get("site");
    const said = words[c.get("language")];
    const values = {
      whom: form.text("whom").slice(0, 300),
      rule: form.text("rule"),
      reason: form.text("reason").slice(0, 2000),
    };
    const whom = await blockedFrom(services, c, values.whom);
    if (typeof whom === "string")
      return blocksPage(services, c, values, [{ id: "whom", message: said[whom] }]);
    const ground = { rule: ruleIn(values.rule), reason: values.reason, person: c.get("person").id };
    const decided = await db.as(authority.id, (tx) =>
      decideOnBlock(tx, authority.id, { ...ground, action: "block", whom }),
    );
    switch (decided.outcome) {
      case "decided":
        return backTo(c, here, "blocked");
      case "rule-missing":
        return blocksPage(services, c, values, [{ id: "rule", message: said.ruleMissing }]);
      case "reason-missing":
        return blocksPage(services, c, values, [{ id: "reason", message: said.reasonMissing }]);
      case "already":
      case "not-found":
      case "ours":
        return blocksPage(services, c, values, [{ id: "whom", message: said.alreadyBlocked }]);
    }
  });

  app.post(`${here}/lift`, async (c) => {
    const form = await readForm(c);
    const { authority } = c.get("site");
    const account = parseId<"account">(form.text("account"));
    const whom: Blocked = account ? { account } : { domain: form.text("domain") };
    const ground = { rule: null, reason: form.text("reason").slice(0, 2000), person: c.get("person").id };
    const decided = await db.as(authority.id, (tx) =>
      decideOnBlock(tx, authority.id, { ...ground, action: "unblock", whom }),
    );
    return backTo(c, here, decided.outcome === "already" ? "not-found" : doneFor(decided, "unblocked"));
  });

  return app;
}

/** Whom the words mean; the name of the objection when that can't be blocked. */
async function blockedFrom(
  services: Services,
  c: Context<Env>,
  text: string,
): Promise<Blocked | "badWhom" | "unknown" | "ourselves"> {
  const { authority } = c.get("site");
  const handle = text.replace(/^@/, "");
  const host = handle.split("@").at(-1)?.toLowerCase() ?? "";
  if (!isHost(host) || !/[.:]/.test(host) || handle.split("@").length > 2) return "badWhom";
  const ours = [...suffixes(authority.domain), ...suffixes(authority.handleDomain)];
  if (ours.includes(host.replace(/:\d+$/, ""))) return "ourselves";
  if (!handle.includes("@")) return { domain: host };
  const known = await services.db.read(authority.id, (tx) => accountsByHandle(tx, authority, [handle]));
  const account = known.get(handle.toLowerCase()) ?? (await services.lookUpAccount(authority, handle));
  if (!account) return "unknown";
  return account.uri === null ? "ourselves" : { account: account.id };
}

async function blocksPage(
  services: Services,
  c: Context<Env>,
  values: Values,
  errors: FormError[],
): Promise<Response> {
  const { authority } = c.get("site");
  const language = c.get("language");
  const said = words[language];
  const reader = readerOf(services, c);
  const { blocks, accounts, rules } = await services.db.read(authority.id, async (tx) => {
    const blocks = await blockDecisions(tx, authority.id);
    const accounts = await accountsById(
      tx,
      authority.id,
      blocks.flatMap((block) => block.account ?? []),
    );
    return { blocks, accounts, rules: await listRules(tx, authority.id, language) };
  });
  const choices = rules.map((rule) => ({
    value: String(rule.number),
    label: `${rule.number}. ${rule.title}`,
  }));
  const items = blocks.map((block, index) => {
    const account = block.account ? accounts.get(block.account) : undefined;
    const who = account ? fullHandle(account) : (block.domain ?? "–");
    const rule = choices.find((choice) => choice.value === String(block.rule))?.label;
    return html`<li>
      <p><strong><bdi>${who}</bdi></strong> <span class="quiet">${said.since.toLowerCase()} ${time(block.at, reader)}</span></p>
      <p>${rule ? html`${rule}. ` : null}${block.reason}</p>
      <details>
        <summary>${said.unblockOf(who)}</summary>
        <form class="form" method="post" action="${pathTo(c, `${here}/lift`)}">
          <input type="hidden" name="account" value="${block.account ?? ""}" /><input type="hidden" name="domain" value="${block.domain ?? ""}" />
          ${reasonField(`lift-${index}`, language)}
          <div class="row">${button({ label: said.unblock })}</div>
        </form>
      </details>
    </li>`;
  });
  return settingsPage(services, c, {
    title: said.blocksTitle,
    lead: said.blocksLead,
    current: "moderation",
    errors,
    main: html`<form class="form" method="post" action="${pathTo(c, here)}">
        ${field({ name: "whom", label: said.whom, hint: said.whomHint, value: values.whom, required: true, maxLength: 300, ...errorOf(errors, "whom") }, reader)}${select({ name: "rule", label: said.rule, value: values.rule, required: true, choices: [{ value: "", label: said.chooseRule }, ...choices], ...errorOf(errors, "rule") }, reader)}${textarea({ name: "reason", label: said.reason, hint: said.blockReasonHint, value: values.reason, rows: 3, required: true, maxLength: 2000, ...errorOf(errors, "reason") }, reader)}
        <div class="row">${button({ label: said.block, look: "danger" })}</div>
      </form>
      ${section({
        title: said.blocked,
        body:
          items.length > 0
            ? html`<ul class="plain-list stack">
                ${items}
              </ul>`
            : html`<p>${said.noneBlocked}</p>`,
      })}`,
  });
}
