import { ready, user, type Endpoint } from "../endpoint.ts";
import { dismissOneGroup, getGroup, groupedUnreadCount, listGroupAccounts, listGrouped } from "./grouped.ts";
import { clear, dismissOne, getNotification, listNotifications, unreadCount } from "./notifications.ts";
import { changePolicy, changePolicyV1, policy, policyV1 } from "./policy.ts";
import { acceptRequests, listRequests, mergedRequests, noRequest } from "./requests.ts";

const [read, write] = ["read:notifications", "write:notifications"] as const;

/** Fixed names stand before those with a group's key, which would take them. */
export const notificationEndpoints: readonly Endpoint[] = [
  ready(user("GET", "/api/v1/notifications", read, listNotifications)),
  user("GET", "/api/v1/notifications/unread_count", read, unreadCount),
  user("POST", "/api/v1/notifications/clear", write, clear),
  user("GET", "/api/v1/notifications/policy", read, policyV1),
  user("PUT", "/api/v1/notifications/policy", write, changePolicyV1),
  user("PATCH", "/api/v1/notifications/policy", write, changePolicyV1),
  user("GET", "/api/v1/notifications/requests", read, listRequests),
  user("GET", "/api/v1/notifications/requests/merged", read, mergedRequests),
  user("POST", "/api/v1/notifications/requests/accept", write, acceptRequests),
  user("POST", "/api/v1/notifications/requests/dismiss", write, acceptRequests),
  user("GET", "/api/v1/notifications/requests/:id", read, noRequest),
  user("POST", "/api/v1/notifications/requests/:id/accept", write, acceptRequests),
  user("POST", "/api/v1/notifications/requests/:id/dismiss", write, acceptRequests),
  user("GET", "/api/v1/notifications/:id", read, getNotification),
  user("POST", "/api/v1/notifications/:id/dismiss", write, dismissOne),
  ready(user("GET", "/api/v2/notifications", read, listGrouped)),
  user("GET", "/api/v2/notifications/unread_count", read, groupedUnreadCount),
  user("GET", "/api/v2/notifications/policy", read, policy),
  user("PUT", "/api/v2/notifications/policy", write, changePolicy),
  user("PATCH", "/api/v2/notifications/policy", write, changePolicy),
  user("GET", "/api/v2/notifications/:group_key", read, getGroup),
  user("POST", "/api/v2/notifications/:group_key/dismiss", write, dismissOneGroup),
  user("GET", "/api/v2/notifications/:group_key/accounts", [read, write], listGroupAccounts),
];
