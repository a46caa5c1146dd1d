import { accountEndpoints } from "./accounts/endpoints.ts";
import type { Endpoint } from "./endpoint.ts";
import { listEndpoints } from "./lists/endpoints.ts";
import { oauthEndpoints } from "./oauth/endpoints.ts";
import { pushEndpoints } from "./push/endpoints.ts";
import { streamingEndpoints } from "./streaming/endpoints.ts";
import { conversationEndpoints } from "./conversations/endpoints.ts";
import { filterEndpoints } from "./filters/endpoints.ts";
import { markerEndpoints } from "./markers/endpoints.ts";
import { notificationEndpoints } from "./notifications/endpoints.ts";
import { mediaEndpoints } from "./media/endpoints.ts";
import { statusEndpoints } from "./statuses/endpoints.ts";
import { timelineEndpoints } from "./timelines/endpoints.ts";
import { emptyEndpoints } from "./empty/endpoints.ts";
import { instanceEndpoints } from "./instance/endpoints.ts";
import { reportEndpoints } from "./reports/endpoints.ts";
import { searchEndpoints } from "./search/endpoints.ts";
import { tagEndpoints } from "./tags/endpoints.ts";

/** All that the API can do; each folder lists its own. */
export const endpoints: readonly Endpoint[] = [
  ...accountEndpoints,
  ...listEndpoints,
  ...tagEndpoints,
  ...oauthEndpoints,
  ...emptyEndpoints,
  ...instanceEndpoints,
  ...reportEndpoints,
  ...searchEndpoints,
  ...pushEndpoints,
  ...streamingEndpoints,
  ...statusEndpoints,
  ...mediaEndpoints,
  ...timelineEndpoints,
  ...conversationEndpoints,
  ...filterEndpoints,
  ...markerEndpoints,
  ...notificationEndpoints,
];
