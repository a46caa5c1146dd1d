import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Language } from "#platform/i18n.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";

/** One of the authority's rules of conduct, by the number that decisions name. */
export type Rule = { number: number; title: string; text: string };

export async function listRules(
  tx: Transaction,
  authority: AuthorityId,
  language: Language,
): Promise<Rule[]> {
  return tx<Rule[]>`
    select number, title, text from rule where authority = ${authority} and language = ${language} order by number`;
}

/** Why posts are hidden: the latest decision on each. */
/** Why a post was hidden, and whether its author was told. */
export type Hiding = { rule: number; title: string; reason: string; told: boolean };

export async function hidingsOf(
  tx: Transaction,
  authority: AuthorityId,
  posts: readonly string[],
  language: Language,
): Promise<Map<string, Hiding>> {
  if (posts.length === 0) return new Map();
  const rows = await tx<(Hiding & { post: PostId })[]>`
    select distinct on (decision.post) decision.post, decision.rule, rule.title, decision.reason,
      decision.notice is not null as told
    from decision left join rule on rule.authority = decision.authority and rule.number = decision.rule and rule.language = ${language}
    where decision.authority = ${authority} and decision.post = any(${[...posts]}::bigint[]) and action = 'hide'
    order by decision.post, decision.id desc`;
  return new Map(rows.map((row) => [row.post, row]));
}

/** The rules that an authority begins with. Each follows from law or from what was decided in like cases. */
export async function installRules(tx: Transaction, authority: AuthorityId): Promise<void> {
  for (const [language, rules] of Object.entries(firstRules))
    for (const [index, [title, text]] of rules.entries())
      await tx`insert into rule (authority, number, language, title, text)
        values (${authority}, ${index + 1}, ${language}, ${title}, ${text}) on conflict do nothing`;
}

const firstRules: Record<Language, [title: string, text: string][]> = {
  sv: [
    ["Hot och hets", "Olaga hot, hets mot folkgrupp och uppvigling tas bort. Det kräver lagen."],
    ["Kränkningar", "Skriv om sak, inte om person. Förtal, förolämpningar och trakasserier döljs."],
    [
      "Personuppgifter",
      "Lämna inte ut andras personuppgifter, och inte dina egna känsliga. Det kan till exempel gälla hälsa eller personnummer.",
    ],
    ["Upphovsrätt", "Publicera inte text, bild eller film som någon annan har rätten till utan lov."],
    ["Reklam och skräppost", "Reklam och samma inlägg om och om igen döljs."],
    ["Våld och övergrepp", "Skildringar av grovt våld och sexuella övergrepp tas bort och anmäls."],
  ],
  en: [
    [
      "Threats and incitement",
      "Unlawful threats, agitation against a group and incitement are removed. The law requires it.",
    ],
    ["Abuse", "Write about the matter, not the person. Defamation, insults and harassment are hidden."],
    [
      "Personal data",
      "Do not give out other people's personal data, nor sensitive data of your own, such as health or identity numbers.",
    ],
    [
      "Copyright",
      "Do not publish text, pictures or film that somebody else holds the rights to without leave.",
    ],
    ["Advertising and spam", "Advertising and the same post over and over are hidden."],
    ["Violence and abuse", "Depictions of gross violence and of sexual abuse are removed and reported."],
  ],
};
