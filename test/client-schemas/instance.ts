import {
  count,
  countAsText,
  day,
  entity,
  flag,
  hashOf,
  html,
  id,
  language,
  later,
  list,
  moment,
  nullable,
  oneOf,
  optional,
  ref,
  text,
  url,
  words,
} from "./shapes.ts";

const media = {
  supported_mime_types: {
    type: "array",
    items: { type: "string", pattern: "^[a-z]+/[a-z0-9.+-]+$" },
    minItems: 1,
  },
  image_size_limit: count,
  image_matrix_limit: count,
  video_size_limit: count,
  video_frame_rate_limit: count,
  video_matrix_limit: count,
};
const statuses = entity({
  max_characters: count,
  max_media_attachments: count,
  characters_reserved_per_url: count,
});
const polls = entity({
  max_options: count,
  max_characters_per_option: count,
  min_expiration: count,
  max_expiration: count,
});
const streaming = { type: "string", format: "uri", pattern: "^wss?://[^/]+$" };
const email = { type: "string", pattern: "^([^@\\s]+@[^@\\s]+)?$" };
const access = oneOf("public", "authenticated", "disabled");
const feeds = entity({ local: access, remote: access });

export const instanceSchemas = {
  /** https://docs.joinmastodon.org/entities/Instance/ */
  Instance: entity({
    domain: words,
    title: words,
    version: { type: "string", pattern: "^4\\.3\\.0 \\(compatible; Torg .+\\)$" },
    source_url: url,
    description: text,
    wrapstodon: later(nullable(text)),
    usage: entity({ users: entity({ active_month: count }) }),
    thumbnail: entity({
      url,
      description: optional(text), // since 4.4
      blurhash: optional(nullable(text)),
      versions: optional(nullable(entity({ "@1x": optional(url), "@2x": optional(url) }))),
    }),
    icon: list(entity({ src: words, size: { type: "string", pattern: "^\\d+x\\d+$" } })),
    languages: list(language),
    configuration: entity({
      urls: entity({
        streaming,
        status: optional(nullable(url)), // since 4.4
        about: optional(url), // since 4.4
        privacy_policy: optional(nullable(url)), // since 4.4
        terms_of_service: optional(nullable(url)), // since 4.4
      }),
      vapid: entity({ public_key: words }),
      accounts: entity({
        max_display_name_length: later(count),
        max_note_length: later(count),
        max_avatar_description_length: later(count),
        max_header_description_length: later(count),
        max_featured_tags: count,
        max_pinned_statuses: count,
        max_profile_fields: later(count),
        profile_field_name_limit: later(count),
        profile_field_value_limit: later(count),
      }),
      statuses,
      media_attachments: entity({ ...media, description_limit: optional(count) /* since 4.4 */ }),
      polls,
      translation: entity({ enabled: flag }),
      timelines_access: later(
        entity({ live_feeds: feeds, hashtag_feeds: feeds, trending_link_feeds: feeds }),
      ),
      limited_federation: later(flag),
    }),
    registrations: entity({
      enabled: flag,
      approval_required: flag,
      message: nullable(html),
      min_age: optional(nullable(count)), // since 4.4
      reason_required: optional(nullable(flag)), // since 4.4
      url: optional(nullable(url)), // since 4.2; null where sign-up is with us
    }),
    api_versions: hashOf(count),
    contact: entity({ email, account: nullable(ref("Account")) }),
    rules: list(ref("Rule")),
  }),
  /** https://docs.joinmastodon.org/entities/V1_Instance/ */
  V1_Instance: entity({
    uri: { type: "string", pattern: "^[^/]+$" },
    title: words,
    short_description: text,
    description: text,
    email,
    version: { type: "string", pattern: "^4\\.3\\.0 \\(compatible; Torg .+\\)$" },
    urls: entity({ streaming_api: streaming }),
    stats: entity({ user_count: count, status_count: count, domain_count: count }),
    thumbnail: nullable(url),
    languages: list(language),
    registrations: flag,
    approval_required: flag,
    invites_enabled: flag,
    configuration: entity({
      accounts: entity({ max_featured_tags: count, max_pinned_statuses: optional(count) }),
      statuses,
      media_attachments: entity(media),
      polls,
    }),
    contact_account: nullable(ref("Account")),
    rules: list(ref("Rule")),
  }),
  /** https://docs.joinmastodon.org/entities/Rule/ */
  Rule: entity({
    id: countAsText,
    text: words,
    hint: text,
    translations: optional(hashOf(entity({ text: words, hint: text }))), // since 4.4
  }),
  ExtendedDescription: entity({ updated_at: moment, content: html }),
  PrivacyPolicy: entity({ updated_at: moment, content: html }),
  TermsOfService: entity({
    effective_date: day,
    effective: flag,
    content: html,
    succeeded_by: nullable(day),
  }),
  /** https://docs.joinmastodon.org/methods/instance/#activity */
  InstanceWeek: entity({
    week: countAsText,
    statuses: countAsText,
    logins: countAsText,
    registrations: countAsText,
  }),
  DomainBlock: entity({
    domain: words,
    digest: { type: "string", pattern: "^[0-9a-f]{64}$" },
    severity: oneOf("silence", "suspend"),
    comment: optional(nullable(text)),
  }),
  /** https://docs.joinmastodon.org/entities/Announcement/ */
  Announcement: entity({
    id,
    content: html,
    starts_at: nullable(moment),
    ends_at: nullable(moment),
    all_day: flag,
    published_at: moment,
    updated_at: moment,
    read: optional(flag),
    mentions: list(entity({ id, username: words, url, acct: words })),
    statuses: list(entity({ id, url })),
    tags: list(ref("StatusTag")),
    emojis: list(ref("CustomEmoji")),
    reactions: list(
      entity({ name: text, count, me: optional(flag), url: optional(url), static_url: optional(url) }),
    ),
  }),
  /** https://oembed.com/#section2.3, as https://docs.joinmastodon.org/methods/oembed/ answers it. */
  OEmbed: entity({
    type: oneOf("rich", "link"),
    version: { const: "1.0" },
    title: text,
    author_name: text,
    author_url: url,
    provider_name: words,
    provider_url: url,
    cache_age: count,
    html: optional(html),
    width: optional(nullable(count)),
    height: optional(nullable(count)),
  }),
};
