import { type Html, html, type Renderable } from "#platform/html.ts";
import { avatar } from "./avatar.ts";
import { icon } from "./icon.ts";
import { type Reader, uiWords } from "./words.ts";

/** A voice as posts and lists show it. */
export type AccountView = {
  id: string;
  name: string;
  /** As people write it: "@kommunchef@exempel.se". */
  handle: string;
  href: string;
  ours: boolean;
  network: "torg" | "fediverse" | (string & {});
  /** As people know it: "Mastodon", "Bluesky", "e-post". */
  networkName: string;
  avatar?: { src: string };
  kind: "authority" | "office" | "remote";
  /** "Kommundirektör 2024–" and the like. */
  role?: string;
};

/** A line in a list of voices. */
export function accountRow(account: AccountView, more?: Renderable): Html {
  return html`<div class="account-row">
    ${avatar(account)}
    <div>
      <a class="name" href="${account.href}"><bdi>${account.name}</bdi></a
      ><span class="handle">${account.role ?? account.handle}</span>${
        more ? html`<div class="quiet">${more}</div>` : null
      }
    </div>
  </div>`;
}

export type ProfileView = {
  account: AccountView;
  /** About the voice, rendered. */
  about?: Html;
  /** Who answers for the account. */
  responsible?: string;
  header?: { src: string };
  fields: readonly { name: string; value: Html; verified: boolean }[];
  actions?: Renderable;
};

/** The head of an account's page: who speaks, in what role, who answers for it. */
export function profileHead(view: ProfileView, reader: Pick<Reader, "language">): Html {
  const { account } = view;
  return html`<header class="profile h-card">
    ${view.header ? html`<img class="profile-header" src="${view.header.src}" alt="" width="1500" height="500" />` : null}
    <div class="profile-who">
      ${avatar(account, "large")}
      <div>
        <h1 class="p-name"><bdi>${account.name}</bdi></h1>
        ${account.role ? html`<p class="p-role">${account.role}</p>` : null}
        <p class="handle">${account.handle}</p>
      </div>
    </div>
    ${view.about ? html`<div class="body p-note">${view.about}</div>` : null}${
      view.responsible ? html`<p class="quiet">${view.responsible}</p>` : null
    }${
      view.fields.length > 0
        ? html`<dl class="facts-list">
            ${view.fields.map(
              (field) =>
                html`<div>
                  <dt>${field.name}</dt>
                  <dd>
                    ${field.value}${field.verified ? html` ${icon("check", uiWords[reader.language].verified)}` : null}
                  </dd>
                </div>`,
            )}
          </dl>`
        : null
    }${view.actions ? html`<div class="row">${view.actions}</div>` : null}
  </header>`;
}
