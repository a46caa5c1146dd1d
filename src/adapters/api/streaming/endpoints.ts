import { refuse } from "../answers.ts";
import { open, user, type Endpoint } from "../endpoint.ts";
import { events } from "./events.ts";
import { socket } from "./socket.ts";

const socketPath = "/api/v1/streaming";

/** Where a request may become a WebSocket: wherever the router would lead it to one, for some apps end it with a slash. */
export function isSocketPath(path: string): boolean {
  return /^(\/(sv|en))?\/api\/v1\/streaming\/?$/.test(path);
}

export const streamingEndpoints: readonly Endpoint[] = [
  // Its token is looked at before it becomes a WebSocket; there is nothing to see for anybody else.
  open("GET", socketPath, socket),
  open(
    "GET",
    "/api/v1/streaming/health",
    () => new Response("OK", { headers: { "content-type": "text/plain" } }),
  ),
  user("GET", "/api/v1/streaming/user", "read:statuses", events("user")),
  user("GET", "/api/v1/streaming/user/notification", "read:notifications", events("user:notification")),
  user("GET", "/api/v1/streaming/public", "read:statuses", events("public")),
  user("GET", "/api/v1/streaming/public/local", "read:statuses", events("public:local")),
  user("GET", "/api/v1/streaming/public/remote", "read:statuses", events("public:remote")),
  user("GET", "/api/v1/streaming/hashtag", "read:statuses", events("hashtag")),
  user("GET", "/api/v1/streaming/hashtag/local", "read:statuses", events("hashtag:local")),
  user("GET", "/api/v1/streaming/list", "read:statuses", events("list")),
  user("GET", "/api/v1/streaming/direct", "read:statuses", events("direct")),
  open("GET", "/api/v1/streaming/:channel", () => refuse(400, "Unknown channel requested")),
];
