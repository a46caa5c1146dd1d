import { firstLanguage } from "#domain/authorities/authority.ts";
import { findAccount, type AccountId } from "#domain/accounts/account.ts";
import { findReport } from "#domain/moderation/find-report.ts";
import { receiveReport, type ReportId } from "#domain/moderation/report.ts";
import { listRules, type Rule } from "#domain/moderation/rules.ts";
import type { PostId } from "#domain/posts/post.ts";
import { findItems } from "#domain/timelines/find-items.ts";
import type { Transaction } from "#platform/database.ts";
import { answer, invalid, missing } from "../answers.ts";
import { viewerOf, type Call, type Caller } from "../endpoint.ts";
import { accountEntities } from "../entities/account.ts";
import { reportCategories, reportEntity, type Report } from "../entities/report.ts";
import { reportWords } from "./words.ts";

const longestComment = 1_000;
const mostPosts = 20;

/** POST /api/v1/reports: a colleague tells the moderators of an account, or of some posts of it. */
export async function fileReport(call: Call<Caller>): Promise<Response> {
  const { services, site, params, caller } = call;
  const authority = site.authority.id;
  const comment = (params.text("comment") ?? "").trim();
  if (comment.length > longestComment)
    return invalid(`Validation failed: Comment is too long (maximum is ${longestComment} characters)`);
  const about = params.id<"account">("account_id");
  const category =
    params.has("rule_ids") && params.texts("rule_ids").length > 0
      ? "violation"
      : (params.word("category", reportCategories) ?? "other");
  const filed = await services.db.as(authority, async (tx): Promise<Report | "missing" | "rules"> => {
    const account = about && (await findAccount(tx, authority, about));
    if (!account) return "missing";
    const posts = await postsOf(tx, call, account.id);
    if (!posts) return "missing";
    const rules = await rulesNamed(tx, call);
    if (!rules || (category === "violation" && rules.length === 0)) return "rules";
    const { category: categories, rule: named } = reportWords[firstLanguage(site.authority)];
    const words = [
      category === "violation" ? "" : categories[category],
      ...rules.map(({ number, title }) => named(number, title)),
      comment,
    ];
    const report = {
      account: account.id,
      reporter: caller.account.id,
      contact: null,
      words: words.filter(Boolean).join("\n"),
      uri: null,
      by: caller.person.id,
    };
    // One for each post: each is decided on by itself.
    let first: ReportId | undefined;
    for (const post of posts.length > 0 ? posts : [null]) {
      const id = await receiveReport(tx, authority, { ...report, post });
      first ??= id;
    }
    const kept = first && (await findReport(tx, authority, first));
    const entity = (await accountEntities(tx, site, [account])).get(account.id);
    if (!kept || !entity) throw new Error("a report was not kept");
    const numbers = rules.map(({ number }) => number);
    return reportEntity(kept, { category, comment, statuses: posts, rules: numbers }, entity);
  });
  if (filed === "missing") return missing();
  if (filed === "rules") return invalid("Validation failed: Rule ids does not reference valid rules");
  return answer(filed);
}

/** The posts named, by their own ids; undefined when one of them cannot be seen or is another's. */
async function postsOf(
  tx: Transaction,
  call: Call<Caller>,
  account: AccountId,
): Promise<PostId[] | undefined> {
  const named = [...new Set(call.params.ids<"post">("status_ids"))].slice(0, mostPosts);
  const items = await findItems(tx, call.site.authority.id, named, viewerOf(call));
  const theirs = items.filter((item) => item.account === account || item.boostedBy === account);
  return theirs.length === named.length ? [...new Set(theirs.map(({ id }) => id))] : undefined;
}

/** The rules that are said to be broken; undefined when one does not exist. */
async function rulesNamed(tx: Transaction, { site, params }: Call<Caller>): Promise<Rule[] | undefined> {
  const asked = params.texts("rule_ids");
  if (asked.length === 0) return [];
  const rules = await listRules(tx, site.authority.id, firstLanguage(site.authority));
  const found = rules.filter(({ number }) => asked.includes(String(number)));
  return found.length === new Set(asked).size ? found : undefined;
}
