import type { Handler } from "hono";
import type { Env, Services } from "#context.ts";
import {
  latestOpenChange,
  openChangesAfter,
  type ChangeKind,
  type OpenChange,
  type OpenChanges,
} from "#domain/posts/open-changes.ts";
import { openUrl } from "./address.ts";
import { answer } from "./answer.ts";
import type { Columns } from "./csv.ts";
import { limits, readQuery } from "./parameters.ts";

export const changeListParameters = ["position", "limit", "format"] as const;

/** What a copy needs to stay true: which posts came, were edited and went. */
export function changeList(services: Services): Handler<Env> {
  return async (c) => {
    const asked = readQuery(c, changeListParameters);
    if (asked instanceof Response) return asked;
    const site = c.get("site");
    const { id } = site.authority;
    const { format, limit = limits.usual, position: after = "0" } = asked.values;
    const found: OpenChanges = await services.db.read(id, async (tx) =>
      after === "now"
        ? { changes: [], position: await latestOpenChange(tx, id), more: false }
        : openChangesAfter(tx, id, after, limit),
    );
    const { position } = found;
    const items = found.changes.map(presentChange);
    const next = found.more ? openUrl(site, "/changes", { ...asked.given, after: position }) : undefined;
    const table = { name: "changes", columns: changeColumns, rows: items };
    const json = { items, next: next ?? null, position };
    return answer(c, format, { json, schema: "change-list", table, next });
  };
}

type ShownChange = ReturnType<typeof presentChange>;

function presentChange({ number, kind, post, thread, state, threadListed }: OpenChange) {
  return { position: number, change: words[kind], post, thread, state, threadListed };
}

const words: Record<ChangeKind, string> = {
  "post-published": "published",
  "post-received": "published",
  "post-edited": "edited",
  "post-edit-received": "edited",
  "post-deleted": "removed",
  "post-delete-received": "removed",
  "post-hidden": "hidden",
  "post-unhidden": "restored",
};

const changeColumns: Columns<ShownChange> = [
  ["position", (change) => change.position],
  ["change", (change) => change.change],
  ["post", (change) => change.post],
  ["thread", (change) => change.thread],
  ["state", (change) => change.state],
  ["threadListed", (change) => change.threadListed],
];
