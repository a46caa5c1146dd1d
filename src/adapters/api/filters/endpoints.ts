import { ready, user, type Endpoint } from "../endpoint.ts";
import { createFilter, deleteFilter, getFilter, listFilters, updateFilter } from "./filters.ts";
import { createKeyword, deleteKeyword, getKeyword, listKeywords, updateKeyword } from "./keywords.ts";
import { addStatus, getStatus, listStatuses, removeStatus } from "./statuses.ts";
import { createV1, getV1, listV1, updateV1 } from "./version-1.ts";

const [read, write] = ["read:filters", "write:filters"] as const;

export const filterEndpoints: readonly Endpoint[] = [
  ready(user("GET", "/api/v2/filters", read, listFilters)),
  user("POST", "/api/v2/filters", write, createFilter),
  user("GET", "/api/v2/filters/:id", read, getFilter),
  user("PUT", "/api/v2/filters/:id", write, updateFilter),
  user("PATCH", "/api/v2/filters/:id", write, updateFilter),
  user("DELETE", "/api/v2/filters/:id", write, deleteFilter),
  user("GET", "/api/v2/filters/:filter_id/keywords", read, listKeywords),
  user("POST", "/api/v2/filters/:filter_id/keywords", write, createKeyword),
  user("GET", "/api/v2/filters/keywords/:id", read, getKeyword),
  user("PUT", "/api/v2/filters/keywords/:id", write, updateKeyword),
  user("DELETE", "/api/v2/filters/keywords/:id", write, deleteKeyword),
  user("GET", "/api/v2/filters/:filter_id/statuses", read, listStatuses),
  user("POST", "/api/v2/filters/:filter_id/statuses", write, addStatus),
  user("GET", "/api/v2/filters/statuses/:id", read, getStatus),
  user("DELETE", "/api/v2/filters/statuses/:id", write, removeStatus),
  user("GET", "/api/v1/filters", read, listV1),
  user("POST", "/api/v1/filters", write, createV1),
  user("GET", "/api/v1/filters/:id", read, getV1),
  user("PUT", "/api/v1/filters/:id", write, updateV1),
  user("DELETE", "/api/v1/filters/:id", write, deleteKeyword),
];
