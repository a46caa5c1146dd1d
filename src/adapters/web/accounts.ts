import { isoInstant } from "#platform/i18n.ts";
import type { Handler } from "hono";
import { accountUri, accountUrl, type Env, fullHandle, type Services } from "#context.ts";
import { listOwnAccounts } from "#domain/accounts/account.ts";
import { loadFaces } from "#domain/timelines/load-faces.ts";
import { html } from "#platform/html.ts";
import { accountRow } from "#ui/account.ts";
import { emptyState, pageHead } from "#ui/controls.ts";
import { pictureOf, presentAccount } from "#ui/present-post.ts";
import { pageRequest, respond } from "./page-request.ts";
import { webWords } from "./words.ts";

/** All accounts that speak for the authority: what is not here is not theirs. */
export function accountsPage(services: Services): Handler<Env> {
  return async (c) => {
    const request = pageRequest(services, c);
    const { site, language } = request;
    const { accounts, faces } = await readAccounts(services, request);
    const words = webWords[language];
    return respond(services, c, request, {
      title: words.account.listTitle,
      description: words.account.listLead(site.authority.name),
      current: "accounts",
      openGraph: { type: "website", url: request.at("/accounts") },
      head: html`<link rel="alternate" type="application/json" href="${site.origin}/accounts.json" />`,
      main: html`${pageHead({ title: words.account.listTitle, lead: words.account.listLead(site.authority.name) })}
        <div class="stack">
          ${
            accounts.length === 0
              ? emptyState({ title: words.account.listEmpty })
              : html`<ul class="account-list">
                  ${accounts.map(
                    (account) =>
                      html`<li>
                        ${accountRow(presentAccount(site, language, account, faces.media), [
                          // The row itself shows the handle only where there is no role.
                          account.role ? html`<p><bdi>${fullHandle(account)}</bdi></p>` : null,
                          account.answers ? html`<p>${words.account.answers(account.answers)}</p>` : null,
                        ])}
                      </li>`,
                  )}
                </ul>`
          }
          <p><a href="/accounts.json">${words.account.listMachine}</a></p>
        </div>`,
    });
  };
}

/** The same for machines, with names that hold when a handle changes. */
export function accountsAsJson(services: Services): Handler<Env> {
  return async (c) => {
    const request = pageRequest(services, c);
    const { site } = request;
    const { accounts, faces } = await readAccounts(services, request);
    return c.json({
      authority: { name: site.authority.name, municipality: site.authority.municipality, url: site.origin },
      accounts: accounts.map((account) => {
        const avatar = account.avatar ? pictureOf(faces.media.get(account.avatar)) : undefined;
        return {
          id: accountUri(site, account.id),
          handle: fullHandle(account),
          url: accountUrl(site, account.handle),
          name: account.name,
          kind: account.kind,
          role: account.role,
          answers: account.answers,
          avatar: avatar ? site.origin + avatar.src : null,
          since: isoInstant(account.createdAt),
        };
      }),
    });
  };
}

function readAccounts(services: Services, { site, language }: ReturnType<typeof pageRequest>) {
  return services.db.read(site.authority.id, async (tx) => {
    const accounts = await listOwnAccounts(tx, site.authority.id);
    return { accounts, faces: await loadFaces(tx, site.authority.id, [], language, accounts) };
  });
}
