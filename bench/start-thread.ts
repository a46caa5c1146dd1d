import type { PostId } from "#domain/posts/post.ts";
import type { Bench } from "./row.ts";
import { seedSquare } from "./seed-square.ts";
import { startBenchTorg, type BenchTorg } from "./start-torg.ts";

const posts = 10_000;
/** Of which one of so many is the office's own, the one with fifty replies among them. */
const ownEvery = 100;

/** A Torg with a conversation of ours, and the path of its page. */
export async function startThread(bench: Bench): Promise<BenchTorg & { thread: PostId; path: string }> {
  const started = await startBenchTorg(bench);
  const { torg, authority, office } = started;
  const { thread } = await seedSquare(torg.services.db, authority, office.id, posts, { ownEvery });
  return { ...started, thread, path: `/@${office.handle}/${thread}` };
}
