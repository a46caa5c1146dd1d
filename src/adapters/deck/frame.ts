import type { Services } from "#context.ts";
import { pathIn } from "#context.ts";
import { html, type Html, type Renderable } from "#platform/html.ts";
import { authorityView } from "#ui/authority-view.ts";
import { icon, type IconName } from "#ui/icon.ts";
import { brandMark, document } from "#ui/page.ts";
import { paths } from "#ui/staff-page.ts";
import { mayChange, type ColumnKind, type Deck } from "#domain/decks/deck.ts";
import { clientWords } from "./client-words.ts";
import { mostUnread } from "#domain/notifications/reader.ts";
import { careParts } from "./care/care-parts.ts";
import { careWords } from "./care/words.ts";
import { columnIcons } from "./columns/column-title.ts";
import { columnWords } from "./columns/words.ts";
import { draftWords } from "./drafts/words.ts";
import { notificationsLink, unreadBadge, unreadOf } from "./notifications/badge.ts";
import { paletteDialog, paletteLink } from "./palette/dialog.ts";
import { presenceRegion } from "./presence/region.ts";
import { shortcutsDialog } from "./shortcuts.ts";
import { askerOf, deckPath, seatKey, type Seat } from "./seat.ts";
import { signOutForm } from "./sign-out-form.ts";
import { deckWords } from "./words.ts";

export type DeckPageView = {
  title?: string;
  current: "deck" | "care" | "drafts" | "decks" | "follow" | "notifications" | "find" | "none";
  /** The composer, beside the columns or above what it is about. */
  composer?: Html | undefined;
  /** Columns on the deck itself, else the page's content. */
  columns?: Renderable;
  content?: Renderable;
  /** The columns that are shown, the deck they are of, and the decks one may open. */
  tabs?: readonly { id: string; kind: ColumnKind; title: string }[];
  deck?: Deck;
  decks?: readonly Deck[];
  /** What has just been done, and the way back. */
  toast?: Html | undefined;
  /** A post of the conversation that the page is about: its live line hears of that alone. */
  thread?: string;
  /** Where the live line goes on from; a page without columns or a conversation has none. */
  position?: string;
  /** Where a composer for the next post comes from, when not a blank one. */
  fresh?: string;
};

/** The deck around its columns, or around one page of it. */
export async function deckPage(services: Services, seat: Seat, view: DeckPageView): Promise<Html> {
  const { site, language } = seat;
  const words = deckWords[language];
  const [authority, unread] = await Promise.all([
    authorityView(services, site.authority),
    unreadOf(services, seat),
  ]);
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
        ${rail(seat, view, brandMark(authority), unread)}${view.columns ? view.composer : null}
        <main class="${view.columns ? "columns" : "deck-main"}" id="deck" tabindex="-1">
          ${view.columns ? html`<h1 class="visually-hidden">${words.deck}</h1>` : null}${
            // The form has its own heading, one level down.
            view.composer && !view.columns ? html`<h1 class="visually-hidden">${view.title}</h1>` : null
          }${view.columns ?? html`${view.content}${view.composer}`}
        </main>
        ${tabbar(seat, view, unread)}
      </div>
      <p class="visually-hidden" id="announcer" role="status" aria-live="polite"></p>
      <div class="toasts" role="status" aria-live="polite" id="toasts">${view.toast}</div>
      ${shortcutsDialog(seat)}${presenceRegion(seat)}${paletteDialog(seat)}${careParts(seat)}`,
  );
}

function liveData(seat: Seat, view: DeckPageView): Html {
  const words = JSON.stringify({ ...deckWords[seat.language].live, ...clientWords[seat.language] });
  const signIn = pathIn(seat.site.authority, seat.language, "/sign-in");
  const fresh = view.fresh ?? deckPath(seat, "/deck/compose");
  const line = view.position
    ? html` data-deck-stream-value="${streamPath(seat, view)}" data-deck-position-value="${view.position}"
        data-deck-seat-value="${seatKey(seat)}" data-deck-columns-value="${deckPath(seat, "/deck/columns")}"`
    : null;
  const staff = (to: string) => pathIn(seat.site.authority, seat.language, to);
  // Where chords lead.
  const go = {
    "g d": deckPath(seat, "/deck/drafts"),
    "g p": deckPath(seat, "/deck/planned"),
    "g i": deckPath(seat, "/deck"),
    "g w": deckPath(seat, "/deck/care"),
    "g k": deckPath(seat, "/deck/decks"),
    "g f": deckPath(seat, "/deck/follow"),
    "g s": staff(paths.own),
    ...(seat.moderator ? { "g m": staff(paths.moderation) } : {}),
  };
  return html` data-keyboard-go-value="${JSON.stringify(go)}" data-controller="deck arrange keyboard press" data-deck-words-value="${words}" data-deck-sign-in-value="${signIn}" data-deck-fresh-value="${fresh}"${line}
    data-action="submit->press#submit keydown@document->keyboard#press"`;
}

function streamPath(seat: Seat, view: DeckPageView): string {
  return deckPath(seat, "/deck/stream", { thread: view.thread });
}

function rail(seat: Seat, view: DeckPageView, mark: Html, unread: number): Html {
  const { language } = seat;
  const words = deckWords[language];
  const path = (to: string) => pathIn(seat.site.authority, seat.language, to);
  const item = (name: IconName, label: string, href: string, current = false) =>
    html`<li><a href="${href}"${current ? html` aria-current="page"` : null}>${icon(name)}<span>${label}</span></a></li>`;
  const addsColumn = view.deck && mayChange(view.deck, askerOf(seat));
  return html`<nav class="rail" id="rail" tabindex="-1" aria-label="${words.menu}">
    <a class="rail-home" href="${path("/")}">${mark}<span class="visually-hidden">${words.toPublicPage(seat.site.authority.name)}</span></a>
    <ul>
      ${item("columns", words.deck, deckPath({ ...seat, deck: undefined }, "/deck"), view.current === "deck" && isFirst(view))}${otherDecks(seat, view)}${
        addsColumn
          ? html`<li class="narrow-only"><a href="${deckPath(seat, "/deck/columns/new")}">${icon("plus")}<span>${columnWords[language].add}</span></a></li>`
          : null
      }
      <li class="apart">${notificationsLink(seat, unread, view.current === "notifications")}</li>${item("inbox", careWords[language].rail, deckPath(seat, "/deck/care"), view.current === "care")}${item("edit", draftWords[language].rail, deckPath(seat, "/deck/drafts"), view.current === "drafts")}
      <li>${paletteLink(seat, view.current === "find")}</li>
      <li class="apart push"></li>${item("list", columnWords[language].decks, deckPath(seat, "/deck/decks"), view.current === "decks")}${
        seat.acting
          ? item("follow", words.follow, deckPath(seat, "/deck/follow"), view.current === "follow")
          : null
      }${seat.moderator ? item("report", words.moderation, path(paths.moderation)) : null}${item("settings", words.settings, path(paths.own))}
      <li class="wide-only" data-keys-help hidden>
        <button type="button" data-action="keyboard#help">${icon("keys")}<span>${words.shortcuts}</span></button>
      </li>
      <li>
        ${signOutForm(seat, html`<button type="submit">${icon("out")}<span>${words.signOut}</span></button>`)}
      </li>
    </ul>
    <a class="rail-close button plain" href="#deck">${words.keys.close}</a>
  </nav>`;
}

/** The deck that opens when none is named. */
function isFirst({ deck, decks = [] }: DeckPageView): boolean {
  return !deck || decks[0]?.id === deck.id;
}

function otherDecks(seat: Seat, { deck, decks = [] }: DeckPageView): Html {
  return html`${decks.slice(1).map((one) => {
    const current = one.id === deck?.id ? html` aria-current="page"` : null;
    const href = deckPath({ ...seat, deck: one.id }, "/deck");
    const title = one.name ? html` title="${one.name}"` : null;
    return html`<li><a href="${href}"${title}${current}>${icon(one.person ? "columns" : "building")}<span>${one.name || columnWords[seat.language].ownDeck}</span></a></li>`;
  })}`;
}

/** On a narrow screen: one column at a time, writing, and the rest of the menu. */
function tabbar(seat: Seat, view: DeckPageView, unread: number): Html {
  const words = deckWords[seat.language];
  const deck = view.columns ? "" : deckPath(seat, "/deck");
  const tabs = view.tabs?.map(
    ({ id, kind, title }, index) =>
      html`<a href="#column-${id}" data-column="${id}" data-kind="${kind}"${index === 0 ? html` aria-current="true"` : null}
        >${icon(columnIcons[kind])}<span>${title}</span></a
      >`,
  );
  return html`<nav class="tabbar" aria-label="${words.columnsMenu}">
    ${tabs ?? html`<a href="${deck}">${icon("columns")}<span>${words.deck}</span></a>`}${
      seat.acting ? html`<a href="${deck}#composer">${icon("write")}<span>${words.write}</span></a>` : null
    }<a href="#rail" data-controller="unread" data-unread-most-value="${mostUnread}"
      >${icon("more")}<span>${words.more}</span>${unreadBadge(seat, unread, "tab-count")}</a
    >
  </nav>`;
}
