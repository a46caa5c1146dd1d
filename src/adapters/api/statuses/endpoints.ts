import { app, optional, ready, user, type Endpoint } from "../endpoint.ts";
import { context } from "./context.ts";
import { create } from "./create.ts";
import { edit } from "./edit.ts";
import { history, source } from "./history.ts";
import { bookmarks, favourites } from "./marked.ts";
import { favouritedBy, rebloggedBy } from "./reacted-by.ts";
import { poll, translate } from "./not-offered.ts";
import {
  bookmark,
  favourite,
  mute,
  pin,
  reblog,
  unbookmark,
  unfavourite,
  unmute,
  unpin,
  unreblog,
} from "./react.ts";
import { remove } from "./remove.ts";
import { cancelScheduled, listScheduled, reschedule, showScheduled } from "./scheduled.ts";
import { show, showSeveral } from "./show.ts";

export const statusEndpoints: readonly Endpoint[] = [
  user("POST", "/api/v1/statuses", "write:statuses", create),
  optional("GET", "/api/v1/statuses", "read:statuses", showSeveral),
  ready(optional("GET", "/api/v1/statuses/:id", "read:statuses", show)),
  user("PUT", "/api/v1/statuses/:id", "write:statuses", edit),
  user("DELETE", "/api/v1/statuses/:id", "write:statuses", remove),
  ready(optional("GET", "/api/v1/statuses/:id/context", "read:statuses", context)),
  ready(optional("GET", "/api/v1/statuses/:id/history", "read:statuses", history)),
  user("GET", "/api/v1/statuses/:id/source", "read:statuses", source),
  app("POST", "/api/v1/statuses/:id/translate", translate),
  optional("GET", "/api/v1/statuses/:id/favourited_by", "read:statuses", favouritedBy),
  optional("GET", "/api/v1/statuses/:id/reblogged_by", "read:statuses", rebloggedBy),
  user("POST", "/api/v1/statuses/:id/favourite", "write:favourites", favourite),
  user("POST", "/api/v1/statuses/:id/unfavourite", "write:favourites", unfavourite),
  user("POST", "/api/v1/statuses/:id/reblog", "write:statuses", reblog),
  user("POST", "/api/v1/statuses/:id/unreblog", "write:statuses", unreblog),
  user("POST", "/api/v1/statuses/:id/bookmark", "write:bookmarks", bookmark),
  user("POST", "/api/v1/statuses/:id/unbookmark", "write:bookmarks", unbookmark),
  user("POST", "/api/v1/statuses/:id/mute", "write:mutes", mute),
  user("POST", "/api/v1/statuses/:id/unmute", "write:mutes", unmute),
  user("POST", "/api/v1/statuses/:id/pin", "write:accounts", pin),
  user("POST", "/api/v1/statuses/:id/unpin", "write:accounts", unpin),
  user("GET", "/api/v1/bookmarks", "read:bookmarks", bookmarks),
  user("GET", "/api/v1/favourites", "read:favourites", favourites),
  user("GET", "/api/v1/scheduled_statuses", "read:statuses", listScheduled),
  user("GET", "/api/v1/scheduled_statuses/:id", "read:statuses", showScheduled),
  user("PUT", "/api/v1/scheduled_statuses/:id", "write:statuses", reschedule),
  user("DELETE", "/api/v1/scheduled_statuses/:id", "write:statuses", cancelScheduled),
  optional("GET", "/api/v1/polls/:id", "read:statuses", poll),
  user("POST", "/api/v1/polls/:id/votes", "write:statuses", poll),
];
