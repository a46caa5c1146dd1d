import { ready, user, type Endpoint } from "../endpoint.ts";
import { listConversations, markRead, markUnread, removeConversation } from "./conversations.ts";

const write = "write:conversations";

export const conversationEndpoints: readonly Endpoint[] = [
  ready(user("GET", "/api/v1/conversations", "read:statuses", listConversations)),
  user("DELETE", "/api/v1/conversations/:id", write, removeConversation),
  user("POST", "/api/v1/conversations/:id/read", write, markRead),
  user("POST", "/api/v1/conversations/:id/unread", write, markUnread),
];
