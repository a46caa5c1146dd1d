import { ready, user, type Endpoint } from "../endpoint.ts";
import { readMarkers, saveMarkers } from "./markers.ts";

export const markerEndpoints: readonly Endpoint[] = [
  ready(user("GET", "/api/v1/markers", "read:statuses", readMarkers)),
  user("POST", "/api/v1/markers", "write:statuses", saveMarkers),
];
