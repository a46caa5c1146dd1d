import { findAuthorityAccount } from "#domain/accounts/account.ts";
import { listRules } from "#domain/moderation/rules.ts";
import { ownTotals, type OwnTotals } from "#domain/timelines/own-totals.ts";
import type { Transaction } from "#platform/database.ts";
import type { Call } from "../endpoint.ts";
import { accountEntities, type Account } from "../entities/account.ts";
import { ruleEntities, type Rule } from "../entities/instance.ts";

/** What both versions of the instance tell; `totals.speaking` is of the last 30 days. */
export type InstanceFacts = { contact: Account | null; rules: Rule[]; totals: OwnTotals };

export async function readInstance(
  tx: Transaction,
  { site, now }: Pick<Call, "site" | "now">,
): Promise<InstanceFacts> {
  const authority = site.authority.id;
  const voice = await findAuthorityAccount(tx, authority);
  const today = now.toZonedDateTimeISO(site.authority.zone).toPlainDate();
  return {
    contact: (voice && (await accountEntities(tx, site, [voice])).get(voice.id)) ?? null,
    rules: await readRules(tx, { site }),
    totals: await ownTotals(tx, authority, today.subtract({ days: 30 })),
  };
}

export async function readRules(tx: Transaction, { site }: Pick<Call, "site">): Promise<Rule[]> {
  const byLanguage = new Map<string, Awaited<ReturnType<typeof listRules>>>();
  for (const language of site.authority.languages)
    byLanguage.set(language, await listRules(tx, site.authority.id, language));
  return ruleEntities(byLanguage);
}
