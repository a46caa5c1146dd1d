import {
  count,
  entity,
  flag,
  hashOf,
  id,
  language,
  list,
  moment,
  nullable,
  oneOf,
  optional,
  ref,
  text,
  words,
} from "./shapes.ts";

const context = {
  type: "array",
  items: oneOf("home", "notifications", "public", "thread", "account"),
  minItems: 1,
};

/** What an account keeps for itself. */
export const keepingSchemas = {
  List: entity({ id, title: words, replies_policy: oneOf("followed", "list", "none"), exclusive: flag }),
  Marker: entity({ last_read_id: id, version: count, updated_at: moment }),
  /** https://docs.joinmastodon.org/methods/markers/: those that were asked for and are set. */
  Markers: entity({ home: optional(ref("Marker")), notifications: optional(ref("Marker")) }),
  /** https://docs.joinmastodon.org/entities/Filter/ */
  Filter: entity({
    id,
    title: words,
    context,
    expires_at: nullable(moment),
    filter_action: oneOf("warn", "hide", "blur"),
    keywords: optional(list(ref("FilterKeyword"))), // not within a FilterResult
    statuses: optional(list(ref("FilterStatus"))),
  }),
  FilterKeyword: entity({ id, keyword: words, whole_word: flag }),
  FilterStatus: entity({ id, status_id: id }),
  FilterResult: entity({
    filter: ref("Filter"),
    keyword_matches: nullable(list(text)),
    status_matches: nullable(list(id)),
  }),
  V1_Filter: entity({
    id,
    phrase: words,
    context,
    expires_at: nullable(moment),
    irreversible: flag,
    whole_word: flag,
  }),
  Conversation: entity({
    id,
    unread: flag,
    accounts: list(ref("Account")),
    last_status: nullable(ref("Status")),
  }),
  /** https://docs.joinmastodon.org/entities/Preferences/ */
  Preferences: entity({
    "posting:default:visibility": oneOf("public", "unlisted", "private", "direct"),
    "posting:default:sensitive": flag,
    "posting:default:language": nullable(language),
    "posting:default:quote_policy": optional(oneOf("public", "followers", "nobody")), // since 4.5
    "reading:expand:media": oneOf("default", "show_all", "hide_all"),
    "reading:expand:spoilers": flag,
    "reading:autoplay:gifs": optional(flag), // sent by Mastodon, not documented
  }),
  Search: entity({
    accounts: list(ref("Account")),
    statuses: list(ref("Status")),
    hashtags: list(ref("Tag")),
  }),
  /** What is answered when there is nothing to say. */
  Empty: entity({}),
  Error: entity({
    error: words,
    error_description: optional(words),
    details: optional(hashOf(list(entity({ error: words, description: words })))), // of a refused sign-up
  }),
};
