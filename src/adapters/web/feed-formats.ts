import { attributes, html, raw, type Html } from "#platform/html.ts";
import { isoInstant } from "#platform/i18n.ts";
import type { FeedItem, FeedView } from "./feed-items.ts";

/** RSS 2.0 with content:encoded, https://www.rssboard.org/rss-specification */
export function rss(feed: FeedView): string {
  const items = feed.items.map(
    (item) =>
      html`<item>${item.title ? html`<title>${plain(item.title)}</title>` : null}<link>${item.url}</link><guid isPermaLink="false">${item.id}</guid><pubDate>${rfc822(item.published)}</pubDate><dc:creator>${plain(item.author.name)}</dc:creator><description>${asHtml(plain(item.summary))}</description><content:encoded>${plain(item.content)}</content:encoded>${item.tags.map((tag) => html`<category>${plain(tag)}</category>`)}${item.pictures
        .slice(0, 1)
        .map(
          (picture) =>
            html`<enclosure${attributes({ url: picture.url, length: picture.bytes, type: picture.type })}/>`,
        )}</item>`,
  );
  return document(
    html`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${plain(feed.title)}</title><link>${feed.home}</link><description>${plain(feed.description)}</description><language>${feed.language}</language><lastBuildDate>${rfc822(feed.updated)}</lastBuildDate><atom:link href="${feed.self}" rel="self" type="application/rss+xml"/>${items}</channel></rss>`,
  );
}

/** Atom, RFC 4287. */
export function atom(feed: FeedView): string {
  const entries = feed.items.map(
    (item) =>
      html`<entry${attributes({ "xml:lang": item.language })}><id>${item.id}</id><title>${plain(item.title ?? item.summary.slice(0, 120))}</title><link rel="alternate" type="text/html" href="${item.url}"/><published>${isoInstant(item.published)}</published><updated>${isoInstant(item.updated)}</updated><author><name>${plain(item.author.name)}</name><uri>${item.author.url}</uri></author><summary>${plain(item.summary)}</summary><content type="html">${plain(item.content)}</content>${item.tags.map((tag) => html`<category term="${plain(tag)}"/>`)}${item.pictures.map(
        (picture) =>
          html`<link rel="enclosure"${attributes({ href: picture.url, length: picture.bytes || undefined, type: picture.type, title: plain(picture.alt) })}/>`,
      )}</entry>`,
  );
  return document(
    html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}"><id>${feed.self}</id><title>${plain(feed.title)}</title><subtitle>${plain(feed.description)}</subtitle><updated>${isoInstant(feed.updated)}</updated><link rel="self" type="application/atom+xml" href="${feed.self}"/><link rel="alternate" type="text/html" href="${feed.home}"/>${feed.icon ? html`<icon>${feed.icon}</icon>` : null}${entries}</feed>`,
  );
}

/** JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/ */
export function jsonFeed(feed: FeedView): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    description: feed.description,
    language: feed.language,
    home_page_url: feed.home,
    feed_url: feed.self,
    ...(feed.icon ? { icon: feed.icon } : {}),
    items: feed.items.map(jsonItem),
  });
}

function jsonItem(item: FeedItem) {
  return {
    id: item.id,
    url: item.url,
    ...(item.title ? { title: item.title } : {}),
    summary: item.summary,
    content_html: item.content,
    date_published: isoInstant(item.published),
    date_modified: isoInstant(item.updated),
    authors: [item.author],
    ...(item.language ? { language: item.language } : {}),
    tags: item.tags,
    attachments: item.pictures.map((picture) => ({
      url: picture.url,
      mime_type: picture.type,
      size_in_bytes: picture.bytes,
      title: picture.alt,
    })),
  };
}

function document(root: Html): string {
  return html`${raw('<?xml version="1.0" encoding="UTF-8"?>\n')}${root}\n`.text;
}

/** A reader takes what stands in an RSS description for HTML, so words are written as such. */
function asHtml(text: string): string {
  return html`${text}`.text;
}

/** XML has no place for control characters, not even escaped. */
function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "").toWellFormed();
}

/** "Sun, 22 Nov 2026 04:05:00 GMT", as RSS asks. */
function rfc822(instant: Temporal.Instant): string {
  return new Date(instant.epochMilliseconds).toUTCString();
}
