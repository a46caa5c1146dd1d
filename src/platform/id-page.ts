import type { Fragment, Transaction } from "./database.ts";

/** A part of a list that is ordered by ids, newest first. `up`: those nearest to `after` instead of the newest. */
export type IdPage = {
  before?: string | undefined;
  after?: string | undefined;
  up?: boolean | undefined;
  limit: number;
};

export function withinPage(tx: Transaction, column: string, page: IdPage): Fragment {
  return tx`${page.before ? tx`and ${tx(column)} < ${page.before}` : tx``}
    ${page.after ? tx`and ${tx(column)} > ${page.after}` : tx``}`;
}

export function cutPage(tx: Transaction, column: string, page: IdPage): Fragment {
  return tx`order by ${tx(column)} ${page.up ? tx`asc` : tx`desc`} limit ${page.limit}`;
}

export function newestFirst<Row>(rows: readonly Row[], page: IdPage): Row[] {
  return page.up ? rows.toReversed() : [...rows];
}
