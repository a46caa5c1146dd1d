import {
  count,
  countAsText,
  entity,
  flag,
  html,
  id,
  language,
  later,
  list,
  moment,
  nothing,
  nullable,
  number,
  oneOf,
  optional,
  ref,
  text,
  uri,
  url,
  words,
} from "./shapes.ts";

const visibility = oneOf("public", "unlisted", "private", "direct");
const quoters = list(oneOf("public", "followers", "following", "unsupported_policy"));

export const statusSchemas = {
  /** https://docs.joinmastodon.org/entities/Status/ */
  Status: entity({
    id,
    uri,
    created_at: moment,
    account: ref("Account"),
    content: html,
    visibility,
    sensitive: flag,
    spoiler_text: text,
    media_attachments: list(ref("MediaAttachment")),
    application: optional(nullable(entity({ name: words, website: nullable(url) }))), // null in practice, of others
    mentions: list(ref("StatusMention")),
    tags: list(ref("StatusTag")),
    emojis: list(ref("CustomEmoji")),
    reblogs_count: count,
    favourites_count: count,
    quotes_count: later(count),
    replies_count: count,
    url: nullable(url),
    in_reply_to_id: nullable(id),
    in_reply_to_account_id: nullable(id),
    reblog: nullable(ref("Status")),
    poll: nullable(ref("Poll")),
    card: nullable(ref("PreviewCard")),
    language: nullable(language),
    text: optional(nullable(text)), // of a deleted status alone
    edited_at: nullable(moment),
    quote: optional(nothing), // since 4.4; we quote nothing
    quote_approval: later(ref("QuoteApproval")),
    favourited: optional(flag),
    reblogged: optional(flag),
    muted: optional(flag),
    bookmarked: optional(flag),
    pinned: optional(flag),
    filtered: optional(list(ref("FilterResult"))),
    // Of Torg: docs/client-api.md.
    torg: entity({
      capacity: nullable(oneOf("authority", "office", "personal")),
      network: words,
      kind: oneOf("note", "article"),
      title: nullable(text),
      thread: id,
    }),
  }),
  StatusMention: entity({ id, username: words, url, acct: words }),
  StatusTag: entity({ name: words, url }),
  QuoteApproval: entity({
    automatic: quoters,
    manual: quoters,
    current_user: oneOf("automatic", "manual", "denied", "unknown"),
  }),
  /** https://docs.joinmastodon.org/entities/StatusEdit/ */
  StatusEdit: entity({
    content: html,
    spoiler_text: text,
    sensitive: flag,
    created_at: moment,
    account: ref("Account"),
    poll: optional(nullable(entity({ options: list(entity({ title: text })) }))),
    media_attachments: list(ref("MediaAttachment")),
    emojis: list(ref("CustomEmoji")),
    quote: later(nothing),
  }),
  StatusSource: entity({ id, text, spoiler_text: text }),
  Context: entity({ ancestors: list(ref("Status")), descendants: list(ref("Status")) }),
  /** https://docs.joinmastodon.org/entities/MediaAttachment/ */
  MediaAttachment: entity({
    id,
    type: oneOf("unknown", "image", "gifv", "video", "audio"),
    url: nullable(url), // null while it is being made
    preview_url: nullable(url),
    remote_url: nullable(url),
    preview_remote_url: optional(nullable(url)), // sent by Mastodon, not documented
    text_url: optional(nullable(url)), // removed in 3.5; sent as null for old apps
    meta: nullable(
      entity({
        original: optional(ref("MediaSize")),
        small: optional(ref("MediaSize")),
        focus: optional(nullable(entity({ x: nullable(number), y: nullable(number) }))),
      }),
    ),
    description: nullable(text),
    blurhash: nullable(text),
  }),
  MediaSize: entity({
    width: { type: "integer", minimum: 1 },
    height: { type: "integer", minimum: 1 },
    size: { type: "string", pattern: "^\\d+x\\d+$" },
    aspect: number,
  }),
  /** https://docs.joinmastodon.org/entities/Poll/ */
  Poll: entity({
    id,
    expires_at: nullable(moment),
    expired: flag,
    multiple: flag,
    votes_count: count,
    voters_count: nullable(count),
    options: list(entity({ title: text, votes_count: nullable(count) })),
    emojis: list(ref("CustomEmoji")),
    voted: optional(flag),
    own_votes: optional(list(count)),
  }),
  /** https://docs.joinmastodon.org/entities/PreviewCard/ */
  PreviewCard: entity({
    url,
    title: text,
    description: text,
    type: oneOf("link", "photo", "video", "rich"),
    authors: list(entity({ name: text, url: text, account: nullable(ref("Account")) })),
    author_name: text,
    author_url: text,
    provider_name: text,
    provider_url: text,
    html: text,
    width: count,
    height: count,
    image: nullable(url),
    embed_url: text,
    blurhash: nullable(text),
    language: optional(nullable(language)),
    image_description: optional(text),
    published_at: nullable(moment),
    history: optional(list(ref("TagDay"))),
  }),
  /** https://docs.joinmastodon.org/entities/Tag/ */
  Tag: entity({
    id: optional(words), // since 4.3.1
    name: words,
    url,
    history: list(ref("TagDay")),
    following: optional(flag),
    featuring: optional(flag),
  }),
  TagDay: entity({ day: countAsText, uses: countAsText, accounts: countAsText }),
  CustomEmoji: entity({
    shortcode: words,
    url,
    static_url: url,
    visible_in_picker: flag,
    category: optional(nullable(text)),
  }),
  /** https://docs.joinmastodon.org/entities/Translation/ */
  Translation: entity({
    content: html,
    spoiler_text: text,
    language,
    poll: optional(entity({ id, options: list(entity({ title: text })) })),
    media_attachments: list(entity({ id, description: text })),
    detected_source_language: language,
    provider: text,
  }),
  /** https://docs.joinmastodon.org/entities/ScheduledStatus/ */
  ScheduledStatus: entity({
    id,
    scheduled_at: moment,
    params: entity({
      text,
      poll: nothing, // nullable; we have none
      media_ids: nullable(list(id)),
      sensitive: nullable(flag),
      spoiler_text: nullable(text),
      visibility: nullable(visibility), // null in the documentation's examples
      in_reply_to_id: nullable({ anyOf: [id, { type: "integer" }] }), // too large for a number that apps can hold
      language: nullable(language),
      application_id: optional(nullable({ anyOf: [id, { type: "integer" }] })), // deprecated
      scheduled_at: nothing,
      idempotency: nullable(text),
      with_rate_limit: optional(flag), // deprecated
    }),
    media_attachments: list(ref("MediaAttachment")),
  }),
};
