import type { Call } from "./endpoint.ts";

/** A part of a list by ids: https://docs.joinmastodon.org/api/guidelines/#pagination. */
type PageAsked = {
  before: string | undefined;
  after: string | undefined;
  /** Those nearest to `after` instead of the newest. */
  up: boolean;
  limit: number;
};

type PageSize = { usual: number; most: number };

export function pageOf({ params }: Pick<Call, "params">, size: PageSize): PageAsked {
  const above = params.id("min_id");
  return {
    before: params.id("max_id"),
    after: above ?? params.id("since_id"),
    up: above !== undefined,
    limit: limitOf({ params }, size),
  };
}

export function limitOf({ params }: Pick<Call, "params">, { usual, most }: PageSize): number {
  return Math.min(Math.max(params.number("limit") ?? usual, 1), most);
}

/** How many are passed over, where lists are not ordered by ids. */
export function offsetOf({ params }: Pick<Call, "params">): number {
  return Math.min(Math.max(params.number("offset") ?? 0, 0), furthest);
}

const furthest = 10_000;

/**
 * Where older and newer ones are. `places` are those of what is shown, newest first: ids that stay, so that what comes
 * or goes meanwhile neither repeats nor skips anything.
 */
export function pageLinks(
  { c, site }: Pick<Call, "c" | "site">,
  places: readonly string[],
): Record<string, string> {
  const [newest] = places;
  const oldest = places.at(-1);
  if (!newest || !oldest) return {};
  const url = new URL(c.req.url);
  const to = (name: string, id: string) => {
    const query = new URLSearchParams(url.search);
    // A token that came in the address is not handed on in one.
    for (const other of ["max_id", "since_id", "min_id", "access_token"]) query.delete(other);
    query.set(name, id);
    return `<${site.origin}${url.pathname}?${query.toString()}>`;
  };
  return { link: `${to("max_id", oldest)}; rel="next", ${to("min_id", newest)}; rel="prev"` };
}
