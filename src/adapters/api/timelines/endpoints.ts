import { optional, ready, user, type Endpoint } from "../endpoint.ts";
import { direct } from "./direct.ts";
import { home } from "./home.ts";
import { list } from "./list.ts";
import { link, publicLine, tag } from "./public.ts";

const read = "read:statuses";

export const timelineEndpoints: readonly Endpoint[] = [
  ready(user("GET", "/api/v1/timelines/home", read, home)),
  ready(user("GET", "/api/v1/timelines/list/:list_id", "read:lists", list)),
  ready(user("GET", "/api/v1/timelines/direct", read, direct)),
  ready(optional("GET", "/api/v1/timelines/public", read, publicLine)),
  ready(optional("GET", "/api/v1/timelines/tag/:hashtag", read, tag)),
  optional("GET", "/api/v1/timelines/link", read, link),
];
