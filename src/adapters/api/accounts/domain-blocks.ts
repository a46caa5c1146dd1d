import { listMutedDomains, muteDomain, unmuteDomain } from "#domain/relationships/mutes.ts";
import { answer, done, invalid } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { pageLinks, pageOf } from "../page.ts";

/** GET /api/v1/domain_blocks: the domains that this account does not want to see. */
export async function domainBlocks(call: Call<Caller>): Promise<Response> {
  const { services, site, caller } = call;
  const page = pageOf(call, { usual: 100, most: 200 });
  return services.db.read(site.authority.id, async (tx) => {
    const muted = await listMutedDomains(tx, site.authority.id, caller.account.id, page);
    return answer(
      muted.map(({ domain }) => domain),
      200,
      pageLinks(
        call,
        muted.map(({ id }) => id),
      ),
    );
  });
}

/** POST /api/v1/domain_blocks, DELETE /api/v1/domain_blocks: a mute of the domain; followers stay. */
export function changeDomainBlock(change: "add" | "remove") {
  return async ({ services, site, params, caller }: Call<Caller>): Promise<Response> => {
    const domain = params.text("domain")?.trim() ?? "";
    if (domain === "" || domain.length > 253 || /\s/.test(domain))
      return invalid("Validation failed: Domain is not a valid domain name");
    await services.db.as(site.authority.id, (tx) =>
      (change === "add" ? muteDomain : unmuteDomain)(tx, site.authority.id, caller.account.id, domain),
    );
    return done();
  };
}
