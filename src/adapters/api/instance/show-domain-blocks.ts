import { createHash } from "node:crypto";
import { blockDecisions } from "#domain/moderation/block-decisions.ts";
import { answer } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { readRules } from "./read-instance.ts";

/**
 * GET /api/v1/instance/domain_blocks. Whom a public body does not take anything from is no secret; which of its rules
 * was broken is told, and the reason in words, which may name people, is not.
 */
export async function domainBlocks({ services, site }: Pick<Call, "services" | "site">): Promise<Response> {
  const authority = site.authority.id;
  const { decisions, rules } = await services.db.read(authority, async (tx) => ({
    decisions: await blockDecisions(tx, authority),
    rules: await readRules(tx, { site }),
  }));
  return answer(
    decisions.flatMap(({ domain, rule }) =>
      domain
        ? {
            domain,
            digest: createHash("sha256").update(domain).digest("hex"),
            severity: "suspend",
            comment: rules.find(({ id }) => id === String(rule))?.text ?? "",
          }
        : [],
    ),
  );
}
