import { act, page, type Row } from "./route-row.ts";

/** What staff are told, who is where, and the search that leads anywhere. */
export const notificationTable: Row[] = [
  page("/deck/notifications", (w) => `/deck/notifications?account=${w.a.office.id}`, [303, 403, 403, 200]),
  act(
    "/deck/notifications/read",
    () => "/deck/notifications/read",
    [401, 303, 303, 303],
    () => ({}),
    // Nothing has been told to anybody yet, so nothing is read.
    { idle: ["elsewhere", "without", "granted"] },
  ),
  act(
    "/deck/notifications/letters",
    () => "/deck/notifications/letters",
    [401, 303, 303, 303],
    () => ({ assigned: "on" }),
  ),
  act(
    "/deck/presence",
    () => "/deck/presence",
    [401, 404, 404, 204],
    (w) => ({ thread: w.quiet, doing: "reading", tab: "a1" }),
    // It lies in memory alone.
    { idle: ["granted"] },
  ),
  page("/deck/find", (w) => `/deck/find?q=simhallen&account=${w.a.office.id}`, [303, 403, 403, 200]),
];
