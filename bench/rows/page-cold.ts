import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Database } from "#platform/database.ts";
import { escape } from "#platform/html.ts";
import { madeAnew } from "../anew.ts";
import { fetchBody } from "../load.ts";
import type { Bench, Row } from "../row.ts";
import { startThread } from "../start-thread.ts";
import { median } from "../table.ts";

const requestsARound = 60;

/** The first reader of a thread after each change, one after the other. */
export const pageCold: Row = {
  name: "page, cold",
  work: "the same page, all that is kept emptied before each request",
  limit: "bare node:http: one query for all that the page shows, and as many bytes put together",
  target: { ratio: { atLeast: 0.5 } },
  async measure(bench) {
    const { torg, origin, authority, thread, path } = await startThread(bench);
    const { db } = torg.services;
    const asked = { url: origin + path, headers: { "accept-encoding": "identity" } };
    const body = await fetchBody(asked);
    const bare = { ...asked, url: await startBareThread(bench, db, authority.id, thread, body.toString()) };
    const [ours, limits]: [number[], number[]] = [[], []];
    // The first is to warm up.
    for (let round = 0; round <= bench.rounds; round++) {
      const [mine, theirs]: [number[], number[]] = [[], []];
      for (let n = 0; n < requestsARound; n++) {
        mine.push(await madeAnew(db, authority.id, asked));
        // After a commit as well: what follows from it disturbs both alike.
        theirs.push(await madeAnew(db, authority.id, bare));
      }
      ours.push(1000 / median(mine));
      limits.push(1000 / median(theirs));
    }
    const note = `${body.length} bytes`;
    return [{ unit: "a second", ours: ours.slice(1), limits: limits.slice(1), note }];
  },
};

type Said = { name: string; handle: string; at: Temporal.Instant; blocks: Block[] };
type Block = { inlines: { text: string }[] };

/** Reads a thread by one query, and puts the page together from what stays the same and what was read. */
async function startBareThread(
  bench: Bench,
  db: Database,
  authority: AuthorityId,
  thread: PostId,
  page: string,
): Promise<string> {
  const read = () =>
    db.read(
      authority,
      (tx) => tx<Said[]>`
        select account.name, account.handle, post.published_at as at, said.blocks
        from post
        join post_version said on said.authority = post.authority and said.post = post.id and said.version = post.version
        join account on account.authority = post.authority and account.id = post.account
        where post.authority = ${authority} and post.thread = ${thread} and post.visibility in ('public', 'unlisted')
        and post.deleted_at is null and post.hidden_at is null order by post.id`,
    );
  const between = cut(page, (await read()).map(wordsOf));
  const server = createServer((_, response) => {
    void read().then((rows) => {
      let text = between[0] ?? "";
      rows.forEach((row, index) => {
        text += escape(wordsOf(row)) + (between[index + 1] ?? "");
      });
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  bench.after(() => server.closeAllConnections());
  bench.after(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function wordsOf({ blocks }: Said): string {
  return blocks.map((block) => block.inlines.map(({ text }) => text).join("")).join("\n");
}

/** What stands between the words of each post. */
function cut(page: string, words: readonly string[]): string[] {
  // The first words stand in the head of the page as well.
  let from = page.indexOf("<main");
  const begin = from;
  const between = words.map((one, index) => {
    const at = page.indexOf(escape(one), from);
    if (at === -1) throw new Error(`the page does not say: ${one}`);
    const piece = page.slice(index === 0 ? 0 : from, at);
    from = at + escape(one).length;
    return piece;
  });
  if (begin === -1) throw new Error("the page has no main part");
  return [...between, page.slice(from)];
}
