import { attributes, type Html, html, type Renderable } from "#platform/html.ts";
import { formatInstant, formatNumber } from "#platform/i18n.ts";
import type { AccountView } from "./account.ts";
import { avatar } from "./avatar.ts";
import { chip, time } from "./controls.ts";
import { icon, type IconName } from "./icon.ts";
import { type AttachmentView, media } from "./media.ts";
import { type Reader, uiWords } from "./words.ts";

export type PostView = {
  id: string;
  kind: "note" | "article";
  account: AccountView;
  /** Our page of the post. */
  href: string;
  /** Where it was written, when that is elsewhere. */
  originalHref?: string;
  capacity?: Capacity;
  visibility: "public" | "unlisted" | "followers" | "direct";
  language?: string;
  /** Of an article. */
  title?: string;
  /** Content warning: the words and images are folded under it. */
  warning?: string;
  body: Html;
  /** Of an article, for its teaser. */
  excerpt?: string;
  attachments: readonly AttachmentView[];
  publishedAt: Temporal.Instant;
  edited?: { at: Temporal.Instant; reason?: string; historyHref: string };
  boostedBy?: AccountView;
  /** In place of a post that is no longer shown: said, with why. Nothing else of it is rendered. */
  tombstone?: {
    why: "removed-by-author" | "hidden";
    rule?: string;
    reason?: string;
    /** Staff only: whether the author was told of the decision. */
    told?: boolean;
  };
  replyTo?: { name: string; href: string };
  /** It answers something that is not on this page and may not be named. */
  parentNotShown?: boolean;
  /** Staff only: who pressed the button. */
  signedBy?: string;
  /** Staff only: how far it has come. */
  delivery?: { sent: number; total: number; failing: number };
  /** Staff only: for whoever makes the actions. */
  mine?: { favourited: boolean; boosted: boolean };
  /** Its author does not want it quoted by search engines. */
  noSnippet?: boolean;
  /** Care labels and the like, made by the adapter. */
  labels?: Html;
  /** The row of links and forms that the adapter makes with `action`. */
  actions: Html;
};

export type Capacity = "authority" | "office" | "personal";

export type PostOptions = {
  /** lead: the subject of its page; teaser: an article shown by title and excerpt; answer: an official reply. */
  variant?: "plain" | "lead" | "answer" | "teaser";
  /** The heading level of the account's name; 2 unless told. On a lead, the name or the article's title is h1. */
  level?: 2 | 3 | 4;
  /** In the deck: compact, with what only staff see, and reachable by `j` and `k`. */
  deck?: boolean;
  /** Say what it replies to; a thread leaves it out where the place says it. */
  showReplyTo?: boolean;
  /** It is seen at once, so its pictures are fetched at once. */
  eager?: boolean;
};

/** A post. The order is always the same: who, in what capacity, when; the words; then quiet facts and actions. */
export function postArticle(post: PostView, reader: Reader, options: PostOptions = {}): Html {
  if (post.tombstone) return tombstone(post, post.tombstone, reader, options);
  const { variant = "plain", deck = false } = options;
  return html`<article${anchor(post, variant === "plain" ? "post" : `post ${variant}`, options)}>${above(post, reader, options)}${avatar(post.account, deck ? "small" : "normal")}${head(post, reader, options)}${content(post, reader, options)}${facts(post, reader, deck)}${actions(post, reader, deck)}</article>`;
}

/** In which capacity a post speaks, with a mark of its own for each. */
export function capacityChip(capacity: Capacity, reader: Pick<Reader, "language">): Html {
  const icons = { authority: "building", office: "office", personal: "account" } as const;
  const look = capacity === "personal" ? "dashed" : "accent";
  return chip(uiWords[reader.language].capacity[capacity], { icon: icons[capacity], look });
}

/** One post may stand in two columns of a deck, or beside the sharing of it: those are no anchors. */
function anchor(post: PostView, kind: string, { deck = false }: PostOptions): Html {
  return attributes({
    id: deck || post.boostedBy ? undefined : `post-${post.id}`,
    // Microformats, https://microformats.org/wiki/h-entry: for whoever reads pages by program.
    class: deck || post.tombstone ? kind : `${kind} h-entry`,
    "data-post": post.id,
    "data-nosnippet": post.noSnippet,
    tabindex: deck ? -1 : undefined,
  });
}

function above(post: PostView, reader: Reader, options: PostOptions): Html | null {
  const words = uiWords[reader.language];
  const { boostedBy } = post;
  const replyTo = options.showReplyTo ? post.replyTo : undefined;
  if (!boostedBy && !replyTo && !post.parentNotShown) return null;
  return html`<p class="above">
    ${boostedBy ? html`<span>${icon("boost")} <a href="${boostedBy.href}">${words.boosted(boostedBy.name)}</a></span>` : null}${
      replyTo
        ? html`<span
            >${words.replyTo} <a class="u-in-reply-to" href="${replyTo.href}"><bdi>${replyTo.name}</bdi></a></span
          >`
        : null
    }${post.parentNotShown ? html`<span>${words.missing.between}</span>` : null}
  </p>`;
}

function head(post: PostView, reader: Reader, options: PostOptions): Html {
  const { account } = post;
  const name = html`<a class="name p-author h-card" href="${account.href}"><bdi>${account.name}</bdi></a>`;
  const heading = options.variant === "lead" ? html`h1` : tag(options.level);
  // An article's title is the heading of its page; the name then is not one.
  const leadArticle = options.variant === "lead" && post.kind === "article";
  const by = leadArticle
    ? html`<p class="by">${name}</p>`
    : html`<${heading} class="by">${name}</${heading}>`;
  // Colleagues know each other's roles; a column has no room for them.
  const role = options.deck ? null : html`<p class="handle">${account.role ?? account.handle}</p>`;
  const network = uiWords[reader.language].network(account.networkName);
  const where = html`<p class="handle">
    <bdi>${breakable(account.handle)}</bdi> <span class="network">${network}</span>
  </p>`;
  return html`<header class="head">
    <div class="who">${by}${post.capacity ? capacityChip(post.capacity, reader) : null}</div>
    <a class="when u-url" href="${post.href}">${when(post.publishedAt, reader, options)}</a
    >${account.ours ? role : where}
  </header>`;
}

/** In a narrow column the clock alone says "today". */
function when(instant: Temporal.Instant, reader: Reader, { deck }: PostOptions): Html {
  const isToday = deck && instant.toZonedDateTimeISO(reader.zone).toPlainDate().equals(reader.today);
  return time(instant, reader, isToday ? "time" : "relative-day", "dt-published");
}

/** A long handle breaks before its host rather than in the middle of it. */
function breakable(handle: string): Html {
  const host = handle.lastIndexOf("@");
  return host > 0 ? html`${handle.slice(0, host)}<wbr />${handle.slice(host)}` : html`${handle}`;
}

function tag(level: PostOptions["level"] = 2): Html {
  return level === 2 ? html`h2` : level === 3 ? html`h3` : html`h4`;
}

function content(post: PostView, reader: Reader, { variant, eager = false }: PostOptions): Html {
  const words = uiWords[reader.language];
  const lang = attributes({ lang: post.language });
  if (post.kind === "article" && variant !== "lead") {
    return html`<div class="body teaser-body" ${lang}>
      <p class="title p-name"><a href="${post.href}">${post.title}</a></p>
      ${post.excerpt ? html`<p class="p-summary">${post.excerpt}</p>` : null}${media(post.attachments.slice(0, 1), reader, eager)}
      <p class="read-on">
        <a href="${post.href}" lang="${reader.language}"
          >${words.readArticle}<span class="visually-hidden">: ${post.title}</span> ${icon("arrow")}</a
        >
      </p>
    </div>`;
  }
  const title =
    post.kind === "article" && post.title ? html`<h1 class="title p-name">${post.title}</h1>` : null;
  const whole = html`${title}${post.body}${media(post.attachments, reader, eager)}`;
  const kind = post.kind === "article" ? "body e-content prose" : "body e-content";
  if (post.warning === undefined) return html`<div class="${kind}" ${lang}>${whole}</div>`;
  return html`<details class="warning"><summary>${icon("warn")}<span><span class="warning-kind">${words.warning}</span> <span${lang}>${post.warning}</span></span></summary><div class="${kind}"${lang}>${whole}</div></details>`;
}

/** The quiet line: what one may want to know about the post, and nothing that counts applause. */
function facts(post: PostView, reader: Reader, deck: boolean): Html | null {
  const words = uiWords[reader.language];
  const items: Renderable[] = [];
  if (post.labels) items.push(post.labels);
  if (post.visibility !== "public") {
    items.push(fact(post.visibility === "unlisted" ? "hide" : "lock", words.visibility[post.visibility]));
  }
  if (post.edited) items.push(edited(post.edited, reader));
  if (deck && post.signedBy) items.push(fact("account", words.signedBy(post.signedBy)));
  if (deck && post.delivery) items.push(delivery(post.delivery, reader));
  return items.length > 0 ? html`<div class="facts">${items}</div>` : null;
}

/** On a page the original is one click away; in the deck the adapter's menu leads there. */
function actions(post: PostView, reader: Reader, deck: boolean): Html | null {
  const { originalHref } = post;
  const original =
    !deck && originalHref
      ? html`<a class="action" href="${originalHref}" rel="nofollow noopener"
          >${icon("out")}<span class="action-label">${uiWords[reader.language].original}</span></a
        >`
      : null;
  if (post.actions.text === "" && original === null) return null;
  return html`<div class="actions">${post.actions}${original}</div>`;
}

function fact(name: IconName, words: Renderable, look = ""): Html {
  return html`<span class="fact${look}">${icon(name)}${words}</span>`;
}

function edited(edit: NonNullable<PostView["edited"]>, reader: Reader): Html {
  const words = uiWords[reader.language];
  const when = formatInstant(edit.at, { ...reader, style: "relative-day" });
  const label = edit.reason ? words.editedBecause(when, edit.reason) : words.edited(when);
  return html`<a class="fact" href="${edit.historyHref}">${icon("history")}${label}</a>`;
}

function delivery({ sent, total, failing }: NonNullable<PostView["delivery"]>, reader: Reader): Html | null {
  if (total === 0) return null;
  const words = uiWords[reader.language];
  const number = (value: number) => formatNumber(value, reader.language);
  const done = sent === total ? words.deliveredAll(total) : words.delivered(number(sent), number(total));
  if (failing === 0) return fact(sent === total ? "check" : "send", done);
  return fact("warn", `${done}. ${words.failing(failing)}`, " late");
}

function tombstone(
  post: PostView,
  { why, rule, reason, told }: NonNullable<PostView["tombstone"]>,
  reader: Reader,
  options: PostOptions,
): Html {
  const words = uiWords[reader.language];
  const hidden = rule ? words.hiddenByRule(rule) : words.hidden;
  const said = why === "removed-by-author" ? words.removedByAuthor : hidden;
  return html`<article${anchor(post, "post tombstone", options)}><p>${mark(why === "hidden" ? "hide" : "delete")}<span>${said}${
    why === "hidden" && reason ? html` ${words.hiddenReason(closed(reason))}` : null
  }${told === undefined ? null : html` ${told ? words.authorTold : words.authorNotTold}`}</span></p>${post.actions.text === "" ? null : html`<div class="actions">${post.actions}</div>`}</article>`;
}

/** A reason as typed, as a sentence among others. */
function closed(reason: string): string {
  return /[.!?…]$/.test(reason.trim()) ? reason.trim() : `${reason.trim()}.`;
}

/** Stands where the avatar would. */
export function mark(name: IconName): Html {
  return html`<span class="mark">${icon(name)}</span>`;
}
