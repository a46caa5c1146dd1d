import { accountDirectory } from "#domain/timelines/account-directory.ts";
import { answer } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { accountsOf } from "../entities/account.ts";
import { limitOf, offsetOf } from "../page.ts";

/** GET /api/v1/directory: the authority's own voices; others are not advertised. */
export async function directory(call: Call): Promise<Response> {
  const { services, site, params } = call;
  const page = {
    order: params.word("order", ["active", "new"]) ?? "active",
    offset: offsetOf(call),
    limit: limitOf(call, { usual: 40, most: 80 }),
  };
  return services.db.read(site.authority.id, async (tx) =>
    answer(await accountsOf(tx, site, await accountDirectory(tx, site.authority.id, page))),
  );
}
