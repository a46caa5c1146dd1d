import assert from "node:assert/strict";
import { careOf, type Care } from "#domain/care/care.ts";
import type { PostId } from "#domain/posts/post.ts";
import { testDatabase } from "./database.ts";
import { startDeckSite } from "./deck-site.ts";
import { waitFor } from "./interop/wait-for.ts";
import { fileScope } from "./file-scope.ts";

/** A deck with two who are signed in, to be asked for what stands around the care of threads. For a whole test file. */
export async function openCareDesk() {
  const scope = fileScope();
  const { db } = await testDatabase(scope);
  const site = await startDeckSite(scope, db);
  const { id } = site.authority;
  const anna = (await site.signIn()).header;
  const colleague = await site.addColleague();
  const bo = (await site.signIn(colleague)).header;
  const caredFor = (thread: string): Promise<Care | undefined> =>
    db.read(id, async (tx) => (await careOf(tx, id, [thread])).get(thread as PostId));
  return {
    db,
    site,
    id,
    anna,
    colleague,
    bo,
    textOf: async (path: string, cookie = anna) => (await site.ask(path, cookie)).text(),
    /** Entries of a kind, oldest first. */
    rowsOf: <Row extends object>(kind: string) =>
      db.read(
        id,
        (tx) => tx<Row[]>`
          select person, post, subject, facts from journal where authority = ${id} and kind = ${kind} order by id`,
      ),
    caredFor,
    /** The journal is followed apart from the requests. */
    opened: (post: PostId) => waitFor(() => caredFor(post), { what: "the care of a thread" }),
  };
}

export function includes(text: string, part: string): void {
  assert.ok(text.includes(part), `${part} is not there`);
}
