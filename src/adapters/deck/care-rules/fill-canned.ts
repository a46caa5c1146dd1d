import { accountsById, type Account } from "#domain/accounts/account.ts";
import { expiryOf, findCanned, type CannedAnswer, type Expiry } from "#domain/care/canned-answers.ts";
import { dateIn, fillPlaceholders, type PlaceholderValues } from "#domain/care/placeholders.ts";
import { accountCare } from "#domain/care/account-care.ts";
import { namesOfPeople } from "#domain/people/person.ts";
import type { Post } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import type { Language } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import { notice } from "#ui/controls.ts";
import type { Seat } from "../seat.ts";
import { cannedWords } from "./canned-words.ts";

export type Filled = { answer: CannedAnswer; text: string; expiry: Expiry };
/** Who answers whom. */
type Occasion = { account: Account; post: Post | undefined };

/** A canned answer, named by the path, with its placeholders filled from the thread. Undefined when there is none. */
export async function fillCanned(
  tx: Transaction,
  seat: Seat,
  id: string | undefined,
  occasion: Occasion,
  now: Temporal.Instant,
): Promise<Filled | undefined> {
  const parsed = parseId<"canned">(id);
  const answer = parsed && (await findCanned(tx, seat.site.authority.id, parsed));
  // Chosen for one account and answered as another of one's own: its words are still one's to use.
  const isOurs =
    answer && (answer.account === null || seat.accounts.some((one) => one.id === answer.account));
  if (!isOurs) return undefined;
  return fillWith(seat, answer, await valuesFor(tx, seat, occasion), now);
}

/** Values for what all canned answers may leave open, but the date and the source, which are each answer's own. */
export async function valuesFor(
  tx: Transaction,
  seat: Seat,
  { account, post }: Occasion,
): Promise<(language: Language) => PlaceholderValues> {
  const authority = seat.site.authority.id;
  const author = post && (await accountsById(tx, authority, [post.account])).get(post.account);
  const officer = (await namesOfPeople(tx, authority, [seat.person])).get(seat.person) ?? "";
  const { ways } = await accountCare(tx, authority, account.id);
  return (language) => ({
    name: author ? asWords(author.name || author.handle) : "",
    officer,
    account: account.name,
    contact: ways[language],
  });
}

/** What somebody calls themselves, to be said by us: no name makes us call on others or link to them. */
function asWords(name: string): string {
  return name
    .replace(/(?<![\p{L}\p{N}])[@#]+(?=\S)|https?:\/\//giu, "")
    .replace(/\s+/gu, " ")
    .trim()
    .slice(0, 100);
}

export function fillWith(
  seat: Pick<Seat, "site">,
  answer: CannedAnswer,
  values: (language: Language) => PlaceholderValues,
  now: Temporal.Instant,
): Filled {
  const { zone } = seat.site.authority;
  const text = fillPlaceholders(answer.text, {
    ...values(answer.language),
    date: dateIn(answer.language, zone, now),
    source: answer.sourceUrl ?? "",
  });
  return { answer, text, expiry: expiryOf(answer, now.toZonedDateTimeISO(zone).toPlainDate()) };
}

/** Said beside a composer that an answer has been put into: that it is out of date, and what is left to fill in. */
export function cannedNotice(seat: Pick<Seat, "language">, filled: Filled): Html {
  const said = cannedWords[seat.language];
  const { name, expiresOn, sourceUrl } = filled.answer;
  const link = sourceUrl ? html` <a href="${sourceUrl}">${said.checkSource}</a>` : null;
  const body = html`${said.warnBody(name, expiresOn ?? "")}${link}`;
  return html`${
    filled.expiry === "expired"
      ? notice({ tone: "warn", title: said.warnTitle, body, live: true }, seat)
      : null
  }${/\{[^{}]*\}/.test(filled.text) ? notice({ tone: "info", body: said.holes, live: true }, seat) : null}`;
}
