import type { AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Transaction } from "#platform/database.ts";
import { languages, type Language } from "#platform/i18n.ts";
import type { Id } from "#platform/id.ts";
import { isDay } from "./absence.ts";

export type CannedId = Id<"canned">;
/** An answer to what is asked again and again. */
export type CannedAnswer = {
  id: CannedId;
  /** Null: for every account. */
  account: AccountId | null;
  language: Language;
  name: string;
  /** With placeholders, as in "Hej {namn}!". */
  text: string;
  /** Where what it says can be checked. */
  sourceUrl: string | null;
  /** The last day on which it holds ("2026-12-31"). */
  expiresOn: string | null;
  writtenBy: PersonId | null;
  writtenAt: Temporal.Instant;
};
export type CannedDraft = Omit<CannedAnswer, "id" | "writtenBy" | "writtenAt">;
export type CannedKept =
  | { outcome: "kept"; id: CannedId }
  | { outcome: "name-missing" }
  | { outcome: "text-missing" }
  | { outcome: "bad-source" }
  | { outcome: "bad-date" }
  | { outcome: "not-found" };
export type Expiry = "never" | "holds" | "soon" | "expired";

/** So many days before its end it is marked, so that somebody looks it through in time. */
const soonDays = 14;

/** Those for any of the accounts, and those for all. */
export async function listCanned(
  tx: Transaction,
  authority: AuthorityId,
  accounts: readonly AccountId[],
): Promise<CannedAnswer[]> {
  return tx<CannedAnswer[]>`
    select ${columns(tx)} from canned_answer
    where authority = ${authority} and (account is null or account = any(${[...accounts]}::bigint[]))
    order by lower(name), id`;
}

export async function findCanned(
  tx: Transaction,
  authority: AuthorityId,
  id: CannedId,
): Promise<CannedAnswer | undefined> {
  const [row] = await tx<CannedAnswer[]>`
    select ${columns(tx)} from canned_answer where authority = ${authority} and id = ${id}`;
  return row;
}

/** Makes an answer, or gives one that there is another form. */
export async function keepCanned(
  tx: Transaction,
  authority: AuthorityId,
  id: CannedId | undefined,
  draft: CannedDraft,
  by: { person: PersonId; now: Temporal.Instant },
): Promise<CannedKept> {
  const objection = objectionTo(draft);
  if (objection) return objection;
  const { account, language, sourceUrl } = draft;
  const [name, text] = [draft.name.trim(), draft.text.trim()];
  const rows = id
    ? await tx<{ id: CannedId }[]>`
        update canned_answer set account = ${account}, language = ${language}, name = ${name}, text = ${text},
          source_url = ${sourceUrl}, expires_on = ${draft.expiresOn}::text::date, written_by = ${by.person}, written_at = ${by.now}
        where authority = ${authority} and id = ${id} returning id`
    : await tx<{ id: CannedId }[]>`
        insert into canned_answer (authority, account, language, name, text, source_url, expires_on, written_by, written_at)
        values (${authority}, ${account}, ${language}, ${name}, ${text}, ${sourceUrl}, ${draft.expiresOn}::text::date,
          ${by.person}, ${by.now})
        returning id`;
  const [row] = rows;
  if (!row) return { outcome: "not-found" };
  await record(tx, authority, "canned-answer-kept", row.id, by.person, { ...draft, name, text });
  return { outcome: "kept", id: row.id };
}

export async function removeCanned(
  tx: Transaction,
  authority: AuthorityId,
  id: CannedId,
  by: PersonId,
): Promise<{ outcome: "removed" } | { outcome: "not-found" }> {
  const [row] = await tx<{ name: string; account: AccountId | null }[]>`
    delete from canned_answer where authority = ${authority} and id = ${id} returning name, account`;
  if (!row) return { outcome: "not-found" };
  await record(tx, authority, "canned-answer-removed", id, by, row);
  return { outcome: "removed" };
}

export function expiryOf({ expiresOn }: Pick<CannedAnswer, "expiresOn">, today: Temporal.PlainDate): Expiry {
  if (!expiresOn) return "never";
  const left = today.until(expiresOn, { largestUnit: "days" }).days;
  return left < 0 ? "expired" : left <= soonDays ? "soon" : "holds";
}

function objectionTo(draft: CannedDraft): CannedKept | undefined {
  if (draft.name.trim() === "") return { outcome: "name-missing" };
  if (draft.text.trim() === "") return { outcome: "text-missing" };
  if (draft.sourceUrl && !/^https?:$/.test(URL.parse(draft.sourceUrl)?.protocol ?? ""))
    return { outcome: "bad-source" };
  if (draft.expiresOn && !isDay(draft.expiresOn)) return { outcome: "bad-date" };
  if (!languages.includes(draft.language)) throw new Error("a language that there is not");
  return undefined;
}

function record(
  tx: Transaction,
  authority: AuthorityId,
  kind: string,
  id: CannedId,
  person: PersonId,
  body: Pick<CannedDraft, "account" | "name"> & Partial<CannedDraft>,
) {
  return append(tx, {
    authority,
    direction: "within",
    kind,
    account: body.account,
    person,
    subject: [id],
    payload: { body },
  });
}

function columns(tx: Transaction) {
  return tx`id, account, language, name, text, source_url as "sourceUrl", expires_on::text as "expiresOn",
    written_by as "writtenBy", written_at as "writtenAt"`;
}
