import { act, ours, page, type Row, type World } from "./route-row.ts";

const typed = (w: World) => ({
  ...ours(w),
  text: "Hej",
  language: "sv",
  visibility: "public",
  capacity: "office",
});
/** They help with a text and change nothing. */
const idle = { idle: ["nobody", "elsewhere", "without", "granted"] } as const;

/** What helps while one writes. */
export const composerTable: Row[] = [
  act("/deck/compose", () => "/deck/compose", [401, 403, 403, 200], typed, idle),
  act("/deck/compose/checks", () => "/deck/compose/checks", [401, 403, 403, 200], typed, idle),
  act("/deck/compose/preview", () => "/deck/compose/preview", [401, 403, 403, 200], typed, idle),
  page(
    "/deck/compose/complete",
    (w) => `/deck/compose/complete?kind=mention&q=k&account=${w.a.office.id}`,
    [303, 403, 403, 200],
  ),
];
