import { firstLanguage } from "#domain/authorities/authority.ts";
import { fullHandle } from "#context.ts";
import { findAppById } from "#domain/accounts/oauth-app.ts";
import { isOwn } from "#domain/accounts/account.ts";
import { askForBlock, withdrawBlockWish } from "#domain/moderation/ask-for-block.ts";
import { decideOnBlock } from "#domain/moderation/decide.ts";
import { listBlocked } from "#domain/relationships/list-blocked.ts";
import { muteAccount, unmuteAccount } from "#domain/relationships/mutes.ts";
import { relationsOf } from "#domain/relationships/relations.ts";
import type { Language } from "#platform/i18n.ts";
import type { Transaction } from "#platform/database.ts";
import { parseId } from "#platform/id.ts";
import { forbidden } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { pageOf } from "../page.ts";
import { answerAccounts } from "./answer-accounts.ts";
import { changeRelation } from "./find-account.ts";
import { accountWords } from "./words.ts";

/**
 * POST /api/v1/accounts/:id/block: mutes at once, and asks the moderators for a decision with a rule and a reason
 * (docs/adr/0011-a-block-in-an-app-asks-for-a-decision.md).
 */
export async function block(call: Call<Caller>): Promise<Response> {
  const { site, caller, now } = call;
  const authority = site.authority.id;
  return changeRelation(call, async (tx, other) => {
    const account = caller.account.id;
    if (other.id === account) return;
    await muteAccount(tx, authority, account, other.id, { notifications: true, until: null });
    const relation = (await relationsOf(tx, authority, account, [other.id], now)).get(other.id);
    if (relation?.blocked || isOwn(other)) return;
    const language = firstLanguage(site.authority);
    await askForBlock(tx, authority, {
      account: other.id,
      reporter: account,
      words: accountWords[language].blockAsked(fullHandle(caller.account), await appName(tx, call, language)),
    });
  });
}

/** POST /api/v1/accounts/:id/unblock: takes the mute away; what the authority has decided, a moderator alone can lift. */
export async function unblock(call: Call<Caller>): Promise<Response> {
  const { site, caller, now } = call;
  const authority = site.authority.id;
  return changeRelation(call, async (tx, other) => {
    const account = caller.account.id;
    const language = firstLanguage(site.authority);
    const relation = (await relationsOf(tx, authority, account, [other.id], now)).get(other.id);
    if (relation?.blocked) {
      if (!caller.person.roles.includes("moderator"))
        return forbidden(accountWords[caller.person.language].unblockNeedsModerator);
      await decideOnBlock(tx, authority, {
        action: "unblock",
        whom: { account: other.id },
        rule: null,
        reason: accountWords[language].unblockedIn(await appName(tx, call, language)),
        person: caller.person.id,
      });
    }
    await unmuteAccount(tx, authority, account, other.id);
    const wish = {
      account: other.id,
      reporter: account,
      words: accountWords[language].blockWithdrawn(fullHandle(caller.account)),
    };
    await withdrawBlockWish(tx, authority, wish, caller.person.id, now);
    return undefined;
  });
}

/** GET /api/v1/blocks: whom the authority takes nothing from. */
export async function blocks(call: Call<Caller>): Promise<Response> {
  const { services, site } = call;
  const page = pageOf(call, { usual: 40, most: 80 });
  return services.db.read(site.authority.id, async (tx) => {
    const blocked = await listBlocked(tx, site.authority.id, page);
    return answerAccounts(tx, call, blocked);
  });
}

async function appName(tx: Transaction, { site, caller }: Call<Caller>, language: Language): Promise<string> {
  const id = parseId<"oauth app">(caller.app ?? undefined);
  const app = id && (await findAppById(tx, site.authority.id, id));
  return app?.name ?? accountWords[language].unknownApp;
}
