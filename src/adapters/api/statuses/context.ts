import { aroundPost, type Around } from "#domain/posts/around-post.ts";
import { answer, missing } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { knownOf } from "../entities/known.ts";
import { loadStatuses } from "../entities/load-statuses.ts";
import { postsOf } from "../entities/posts-of.ts";
import { findStatus } from "./find-status.ts";
import { readFor } from "../read-for.ts";

/** As the documentation has it: less for those who do not say who they are. */
const forAnyone: Around = { above: 40, below: 60, depth: 20 };
const forCaller: Around = { above: 4096, below: 4096, depth: 4096 };

/** GET /api/v1/statuses/:id/context */
export function context(call: Call): Promise<Response> {
  const { site, params, caller } = call;
  return readFor(call, async (tx) => {
    const post = await findStatus(tx, call, params.id("id"));
    if (!post) return missing();
    const around = caller ? forCaller : forAnyone;
    const look = { ...call, known: knownOf(call) };
    const read = (ids: readonly string[]) => postsOf(tx, look, ids);
    const found = await aroundPost(tx, site.authority.id, post, read, around);
    const [ancestors, descendants] = await Promise.all([
      loadStatuses(tx, look, found.above, "thread"),
      loadStatuses(tx, look, found.below, "thread"),
    ]);
    return answer({ ancestors, descendants });
  });
}
