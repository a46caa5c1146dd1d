import {
  accountsByHandle,
  findAccount,
  findAuthorityAccount,
  type Account,
} from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Post, PostId } from "#domain/posts/post.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import { findPost } from "#domain/posts/read-posts.ts";
import { handlesIn } from "#domain/posts/write-body.ts";
import { isBlocked } from "#domain/relationships/blocks.ts";
import { reachOf } from "#domain/relationships/reach.ts";
import type { Transaction } from "#platform/database.ts";
import type { Language } from "#platform/i18n.ts";
import { noticeWords } from "./notice-words.ts";
import { listRules } from "./rules.ts";

/** What telling an author takes besides the decision. The adapter knows addresses: `guidelines` is our page's, in full. */
export type Telling = { authority: Authority; guidelines: (language: Language) => string };

export type Notice = { action: "hide" | "unhide"; rule: number | null; reason: string; person: PersonId };

/**
 * Tells the author by a direct message what was decided about a post, why, and how to have it considered again.
 * It is the authority's act, not the moderator's own: no grant for the authority's account is asked for.
 * Undefined when the author cannot be reached: on another network, gone, or on either side of a block.
 */
export async function tellAuthor(
  tx: Transaction,
  telling: Telling,
  post: Post,
  notice: Notice,
  now: Temporal.Instant,
): Promise<PostId | undefined> {
  const { authority } = telling;
  const voice = await findAuthorityAccount(tx, authority.id);
  const author = await findAccount(tx, authority.id, post.account);
  if (!voice || voice.goneAt || !author || !(await mayBeTold(tx, authority, voice, author))) return undefined;
  // What was said to a single office is not the authority's account's to answer: then it is a message of its own.
  const viewer = { kind: "staff", accounts: [voice.id] } as const;
  const parent = await findPost(tx, authority.id, post.id, viewer);
  const mention = await mentionOf(tx, authority, author);
  if (!parent && mention === undefined) return undefined;
  const language = languageOf(authority, post);
  const words = await write(tx, telling, post, notice, language);
  const published = await publishPost(
    tx,
    authority,
    {
      kind: "note",
      sourceType: "plain",
      source: [mention, ...words].filter((part) => part !== undefined).join("\n\n"),
      language,
      attachments: [],
      account: voice.id,
      person: notice.person,
      visibility: "direct",
      capacity: "authority",
      inReplyTo: parent?.id,
    },
    now,
  );
  if (published.outcome !== "published") throw new Error(`a notice was not sent: ${published.outcome}`);
  return published.id;
}

async function mayBeTold(
  tx: Transaction,
  authority: Authority,
  voice: Account,
  author: Account,
): Promise<boolean> {
  if (author.network !== "fediverse" || (await isBlocked(tx, authority.id, author.id))) return false;
  return (await reachOf(tx, authority.id, voice.id, [author.id])).length > 0;
}

/** The author's handle, unless it leads to somebody else as well: the notice is for one reader. */
async function mentionOf(
  tx: Transaction,
  authority: Authority,
  author: Account,
): Promise<string | undefined> {
  const text = `@${author.handle}@${author.domain}`;
  const handles = handlesIn({ sourceType: "plain", source: text });
  if (handles.length !== 1 || handles[0] !== text) return undefined;
  const found = (await accountsByHandle(tx, authority, [text])).get(text.toLowerCase());
  return found?.id === author.id ? text : undefined;
}

function languageOf(authority: Authority, post: Post): Language {
  const own = authority.languages.find((language) => post.language?.split("-")[0] === language);
  return own ?? authority.languages[0] ?? "sv";
}

async function write(
  tx: Transaction,
  { authority, guidelines }: Telling,
  post: Post,
  notice: Notice,
  language: Language,
): Promise<(string | undefined)[]> {
  const words = noticeWords[language];
  const link = linkTo(post);
  const which = link && words.which(link);
  if (notice.action === "unhide") return [words.shown(authority.name), which];
  const rule = (await listRules(tx, authority.id, language)).find(({ number }) => number === notice.rule);
  return [
    words.hidden(authority.name),
    which,
    `${rule ? `${words.rule(String(rule.number), quiet(rule.title))}\n` : ""}${words.reason(quiet(notice.reason.trim()))}`,
    authority.email ? words.appealByMail(authority.email) : words.appeal,
    words.guidelines(`${guidelines(language)}#appeal`),
  ];
}

/** Where the author finds the post: at home. What a server gave for an address may be no address. */
function linkTo(post: Post): string | undefined {
  const url = URL.parse(post.url ?? post.uri ?? "");
  return url && /^https?:$/.test(url.protocol) && url.href.length < 1000 ? url.href : undefined;
}

/**
 * Whoever a reason names is not to get the message: a word joiner after the @ reads the same and mentions nobody.
 * Addresses of mail and of pages are left as they are.
 */
function quiet(text: string): string {
  return text.replaceAll(/(?<![\p{L}\p{N}_/])@/gu, "@\u2060");
}
