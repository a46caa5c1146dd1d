import { user, type Endpoint } from "../endpoint.ts";
import { describe, removeMedia, showMedia } from "./manage.ts";
import { upload, uploadAndWait } from "./upload.ts";

export const mediaEndpoints: readonly Endpoint[] = [
  user("POST", "/api/v2/media", "write:media", upload),
  user("POST", "/api/v1/media", "write:media", uploadAndWait),
  user("GET", "/api/v1/media/:id", "write:media", showMedia),
  user("PUT", "/api/v1/media/:id", "write:media", describe),
  user("DELETE", "/api/v1/media/:id", "write:media", removeMedia),
];
