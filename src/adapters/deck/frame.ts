import type { Services } from "#context.ts";
import { pathIn } from "#context.ts";
import { html, type Html, type Renderable } from "#platform/html.ts";
import { authorityView } from "#ui/authority-view.ts";
import { icon, type IconName } from "#ui/icon.ts";
import { brandMark, document } from "#ui/page.ts";
import { paths } from "#ui/staff-page.ts";
import { columnIcons } from "./columns/column-html.ts";
import { columnKinds } from "./columns/read-column.ts";
import { shortcutsDialog } from "./shortcuts.ts";
import { deckPath, seatKey, type Seat } from "./seat.ts";
import { signOutForm } from "./sign-out-form.ts";
import { deckWords } from "./words.ts";

export type DeckPageView = {
  title?: string;
  current: "deck" | "follow" | "none";
  /** The composer, beside the columns or above what it is about. */
  composer?: Html | undefined;
  /** Columns on the deck itself, else the page's content. */
  columns?: Renderable;
  content?: Renderable;
  /** Where the live line goes on from; a page without columns or a conversation has none. */
  position?: string;
  /** Where a composer for the next post comes from, when not a blank one. */
  fresh?: string;
};

/** The deck around its columns, or around one page of it. */
export async function deckPage(services: Services, seat: Seat, view: DeckPageView): Promise<Html> {
  const { site, language } = seat;
  const words = deckWords[language];
  const authority = await authorityView(services, site.authority);
  return document(
    {
      language,
      authority,
      title: view.title ?? words.deck,
      assets: {
        styles: [services.assets.href("site.css"), services.assets.href("deck.css")],
        scripts: [services.assets.href("deck.js")],
      },
      bodyClass: "deck-page",
      robots: "noindex",
    },
    html`<div class="deck${view.columns ? "" : " single"}"${liveData(seat, view)}>
        ${rail(seat, view, brandMark(authority))}${view.columns ? view.composer : null}
        <main class="${view.columns ? "columns" : "deck-main"}" id="deck" tabindex="-1">
          ${view.columns ? html`<h1 class="visually-hidden">${words.deck}</h1>` : null}${
            // The form has its own heading, one level down.
            view.composer && !view.columns ? html`<h1 class="visually-hidden">${view.title}</h1>` : null
          }${view.columns ?? html`${view.content}${view.composer}`}
        </main>
        ${tabbar(seat, view)}
      </div>
      <p class="visually-hidden" id="announcer" role="status" aria-live="polite"></p>
      <div class="toasts" role="status" aria-live="polite" id="toasts"></div>
      ${shortcutsDialog(language)}`,
  );
}

function liveData(seat: Seat, view: DeckPageView): Html {
  const words = JSON.stringify(deckWords[seat.language].live);
  const signIn = pathIn(seat.site.authority, seat.language, "/sign-in");
  const fresh = view.fresh ?? deckPath(seat, "/deck/compose");
  const line = view.position
    ? html` data-deck-stream-value="${deckPath(seat, "/deck/stream")}" data-deck-position-value="${view.position}"
        data-deck-seat-value="${seatKey(seat)}" data-deck-columns-value="${deckPath(seat, "/deck/columns")}"`
    : null;
  return html` data-controller="deck keyboard press" data-deck-words-value="${words}" data-deck-sign-in-value="${signIn}" data-deck-fresh-value="${fresh}"${line}
    data-action="submit->press#submit keydown@document->keyboard#press"`;
}

function rail(seat: Seat, view: DeckPageView, mark: Html): Html {
  const words = deckWords[seat.language];
  const path = (to: string) => pathIn(seat.site.authority, seat.language, to);
  const item = (name: IconName, label: string, href: string, current = false) =>
    html`<li><a href="${href}"${current ? html` aria-current="page"` : null}>${icon(name)}<span>${label}</span></a></li>`;
  return html`<nav class="rail" id="rail" tabindex="-1" aria-label="${words.menu}">
    <a class="rail-home" href="${path("/")}" aria-label="${words.toPublicPage(seat.site.authority.name)}">${mark}</a>
    <ul>
      ${item("columns", words.deck, deckPath(seat, "/deck"), view.current === "deck")}${
        seat.acting
          ? item("account", words.follow, deckPath(seat, "/deck/follow"), view.current === "follow")
          : null
      }${seat.moderator ? item("report", words.moderation, path(paths.moderation)) : null}
      <li class="wide-only" data-keys-help hidden>
        <button type="button" data-action="keyboard#help">${icon("info")}<span>${words.shortcuts}</span></button>
      </li>
      <li class="push"></li>${item("settings", words.settings, path(paths.own))}
      <li>
        ${signOutForm(seat, html`<button type="submit">${icon("out")}<span>${words.signOut}</span></button>`)}
      </li>
    </ul>
    <a class="rail-close button plain" href="#deck">${words.keys.close}</a>
  </nav>`;
}

/** On a narrow screen: one column at a time, writing, and the rest of the menu. */
function tabbar(seat: Seat, view: DeckPageView): Html {
  const words = deckWords[seat.language];
  const deck = view.columns ? "" : deckPath(seat, "/deck");
  const tabs = columnKinds.map(
    (kind, index) =>
      html`<a href="${deck}#column-${kind}" data-kind="${kind}"${view.columns && index === 0 ? html` aria-current="true"` : null}
        >${icon(columnIcons[kind])}<span>${words.columns[kind]}</span></a
      >`,
  );
  return html`<nav class="tabbar" aria-label="${words.columnsMenu}">
    ${tabs}${seat.acting ? html`<a href="${deck}#composer">${icon("write")}<span>${words.write}</span></a>` : null}<a href="#rail"
      >${icon("more")}<span>${words.more}</span></a
    >
  </nav>`;
}
