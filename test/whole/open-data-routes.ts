import { page, type Row } from "./route-row.ts";

const base = "/api/open/v1";
const everybody = [200, 200, 200, 200] as const;
/** Ours is not to be found at the other authority's host. */
const oursAlone = [200, 404, 200, 200] as const;

/** What anyone may take along: the same for everybody, each at its own host. */
export const openDataTable: Row[] = [
  page(base, base, everybody),
  page(`${base}/`, `${base}/`, everybody),
  page(`${base}/accounts`, `${base}/accounts`, everybody),
  page(`${base}/accounts/:id`, (w) => `${base}/accounts/${w.a.office.id}`, oursAlone),
  page(`${base}/posts`, `${base}/posts?format=csv`, everybody),
  page(`${base}/posts/:id`, (w) => `${base}/posts/${w.question}`, oursAlone),
  page(`${base}/threads`, `${base}/threads`, everybody),
  page(`${base}/threads/:id`, (w) => `${base}/threads/${w.question}`, oursAlone),
  page(`${base}/changes`, `${base}/changes?after=now`, everybody),
  page(`${base}/catalog`, `${base}/catalog`, everybody),
  page(`${base}/openapi.json`, `${base}/openapi.json`, everybody),
  page(`${base}/schemas/:file`, `${base}/schemas/post.json`, everybody),
];
