import { isOwn, type Account, type AccountId } from "#domain/accounts/account.ts";
import type { List } from "#domain/relationships/lists.ts";
import { html, type Html } from "#platform/html.ts";
import { accountRow } from "#ui/account.ts";
import { button, emptyState, section } from "#ui/controls.ts";
import { field, select } from "#ui/form.ts";
import { presentAccount } from "#ui/present-post.ts";
import { errorOf, type FormError } from "../form-values.ts";
import { deckPath, type Seat } from "../seat.ts";
import { decksWords } from "./words.ts";

/** All lists, and a form for one more. */
export function listsContent(
  seat: Seat,
  lists: readonly (List & { members: number })[],
  errors: readonly FormError[],
  owner: AccountId | undefined,
): Html {
  const words = decksWords[seat.language];
  const ownerOf = (list: List) => seat.accounts.find((account) => account.id === list.account)?.name;
  const choices = seat.accounts.map(({ id, name }) => ({ value: id, label: name }));
  return html`${
    lists.length === 0
      ? emptyState({ title: words.noLists, icon: "list" })
      : html`<ul class="plain-list lists">
          ${lists.map(
            (list) =>
              html`<li>
                <a href="${deckPath(seat, `/deck/lists/${list.id}`)}">${list.title}</a>
                <span class="quiet small">${words.members(list.members)}, ${ownerOf(list)}</span>
              </li>`,
          )}
        </ul>`
  }${
    seat.accounts.length > 0
      ? section({
          title: words.makeList,
          body: html`<form class="form" method="post" action="${deckPath(seat, "/deck/lists")}" novalidate>
            ${field({ name: "title", label: words.listTitle, required: true, maxLength: 100, ...errorOf(errors, "title") }, seat)}${select(
              {
                name: "owner",
                label: words.listAccount,
                required: true,
                choices,
                ...(owner ? { value: owner } : {}),
              },
              seat,
            )}${button({ label: words.makeListSubmit, icon: "plus" })}
          </form>`,
        })
      : null
  }
    <p>${button({ label: words.back, look: "text", href: deckPath(seat, "/deck/decks") })}</p>`;
}

/** One list: its members, its name, and the end of it. */
export function listContent(
  seat: Seat,
  view: {
    list: List;
    owner: Account | undefined;
    members: readonly Account[];
    media: Parameters<typeof presentAccount>[3];
    errors: readonly FormError[];
    handle: string;
  },
): Html {
  const words = decksWords[seat.language];
  const { list, errors } = view;
  const path = (step: string) => deckPath(seat, `/deck/lists/${list.id}/${step}`);
  const column = deckPath(seat, "/deck/columns/new", { kind: "list", list: list.id });
  return html`${section({
    title: words.membersTitle,
    body:
      view.members.length === 0
        ? emptyState({ title: words.noMembers, icon: "list" })
        : html`<ul class="plain-list">
            ${view.members.map((account) => member(seat, path("members/remove"), account, view.media))}
          </ul>`,
  })}${section({
    title: words.addMember,
    body: html`<form class="form" method="post" action="${path("members")}" novalidate>
      ${field(
        {
          name: "handle",
          label: words.memberHandle,
          hint: words.memberHint(view.owner?.name ?? ""),
          required: true,
          value: view.handle,
          autocomplete: "off",
          ...errorOf(errors, "handle"),
        },
        seat,
      )}${button({ label: words.addMemberSubmit, icon: "plus" })}
    </form>`,
  })}${section({
    title: words.rename,
    body: html`<form class="form" method="post" action="${path("name")}" novalidate>
      ${field({ name: "title", label: words.listTitle, required: true, value: list.title, maxLength: 100, ...errorOf(errors, "title") }, seat)}${button({ label: words.rename, look: "plain" })}
    </form>`,
  })}
    <div class="row">
      ${button({ label: words.addColumn, look: "plain", icon: "columns", href: column })}
      <form method="post" action="${path("remove")}">${button({ label: words.removeList, look: "danger", icon: "delete" })}</form>
      ${button({ label: words.lists, look: "text", href: deckPath(seat, "/deck/lists") })}
    </div>`;
}

function member(
  seat: Seat,
  path: string,
  account: Account,
  media: Parameters<typeof presentAccount>[3],
): Html {
  const words = decksWords[seat.language];
  const view = presentAccount(seat.site, seat.language, account, media);
  const stop = html`<form method="post" action="${path}">
    <input type="hidden" name="member" value="${account.id}" />
    <button class="button text">${words.removeMember}<span class="visually-hidden"> ${isOwn(account) ? account.name : view.handle}</span></button>
  </form>`;
  return html`<li>${accountRow(view, stop)}</li>`;
}
