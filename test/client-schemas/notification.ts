import {
  count,
  countAsText,
  entity,
  flag,
  id,
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

const type = oneOf(
  "mention",
  "status",
  "reblog",
  "follow",
  "follow_request",
  "favourite",
  "poll",
  "update",
  "admin.sign_up",
  "admin.report",
  "severed_relationships",
  "moderation_warning",
  "quote",
  "quoted_update",
);
const course = oneOf("accept", "filter", "drop");
const pending = entity({ pending_requests_count: count, pending_notifications_count: count });
/** What a notification is about, by its type. */
const subjects = {
  report: optional(ref("Report")),
  event: optional(ref("RelationshipSeveranceEvent")),
  moderation_warning: optional(ref("AccountWarning")),
};

export const notificationSchemas = {
  /** https://docs.joinmastodon.org/entities/Notification/ */
  Notification: entity({
    id,
    type,
    group_key: words,
    created_at: moment,
    account: ref("Account"),
    status: optional(nullable(ref("Status"))), // null where the post is gone
    ...subjects,
  }),
  /** https://docs.joinmastodon.org/methods/grouped_notifications/#GroupedNotificationsResults */
  GroupedNotificationsResults: entity({
    accounts: list(ref("Account")),
    partial_accounts: optional(list(ref("PartialAccountWithAvatar"))),
    statuses: list(ref("Status")),
    notification_groups: list(ref("NotificationGroup")),
  }),
  NotificationGroup: entity({
    group_key: words,
    notifications_count: { type: "integer", minimum: 1 },
    type,
    most_recent_notification_id: { anyOf: [id, { type: "integer" }] }, // a number in the documentation's examples
    page_min_id: optional(id),
    page_max_id: optional(id),
    latest_page_notification_at: optional(moment),
    sample_account_ids: { type: "array", items: id, minItems: 1 },
    status_id: optional(nullable(id)),
    ...subjects,
  }),
  /** https://docs.joinmastodon.org/entities/NotificationPolicy/ */
  NotificationPolicy: entity({
    for_not_following: course,
    for_not_followers: course,
    for_new_accounts: course,
    for_private_mentions: course,
    for_limited_accounts: course,
    summary: pending,
  }),
  V1_NotificationPolicy: entity({
    filter_not_following: flag,
    filter_not_followers: flag,
    filter_new_accounts: flag,
    filter_private_mentions: flag,
    summary: pending,
  }),
  NotificationRequest: entity({
    id,
    created_at: moment,
    updated_at: moment,
    account: ref("Account"),
    notifications_count: countAsText,
    last_status: optional(nullable(ref("Status"))),
  }),
  /** https://docs.joinmastodon.org/methods/notifications/#unread-count */
  UnreadCount: entity({ count }),
  /** https://docs.joinmastodon.org/entities/Report/ */
  Report: entity({
    id,
    action_taken: flag,
    action_taken_at: nullable(moment),
    category: oneOf("spam", "legal", "violation", "other"),
    comment: text,
    forwarded: flag,
    created_at: moment,
    status_ids: nullable(list(id)),
    collection_ids: optional(nullable(list(id))), // since 4.6
    rule_ids: nullable(list(countAsText)), // ours are the rules' own numbers
    target_account: ref("Account"),
  }),
  RelationshipSeveranceEvent: entity({
    id,
    type: oneOf("domain_block", "user_domain_block", "account_suspension"),
    purged: flag,
    target_name: text,
    followers_count: count,
    following_count: count,
    created_at: moment,
  }),
  AccountWarning: entity({
    id,
    action: oneOf(
      "none",
      "disable",
      "mark_statuses_as_sensitive",
      "delete_statuses",
      "sensitive",
      "silence",
      "suspend",
    ),
    text,
    status_ids: nullable(list(id)),
    target_account: ref("Account"),
    appeal: nullable(entity({ text, state: oneOf("approved", "rejected", "pending") })),
    created_at: moment,
  }),
  /** https://docs.joinmastodon.org/entities/WebPushSubscription/ */
  WebPushSubscription: entity({
    // A number in the documentation's examples and of Mastodon's; apps read one of 32 bits.
    id: { type: "integer", minimum: 0, maximum: 2 ** 31 - 1 },
    endpoint: url,
    standard: flag,
    server_key: words,
    alerts: entity({
      mention: flag,
      status: flag,
      reblog: flag,
      follow: flag,
      follow_request: flag,
      favourite: flag,
      poll: flag,
      update: flag,
      "admin.sign_up": flag,
      "admin.report": flag,
      quote: optional(flag), // since 4.5
      quoted_update: optional(flag),
    }),
    policy: optional(oneOf("all", "followed", "follower", "none")), // sent by Mastodon, documented among the methods
  }),
};
