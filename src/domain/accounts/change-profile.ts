import type { AuthorityId } from "#domain/authorities/authority.ts";
import { append } from "#domain/journal/append.ts";
import type { MediaId } from "#domain/media/media.ts";
import type { PersonId } from "#domain/people/person.ts";
import { blocksFromMarkdown } from "#domain/text/from-markdown.ts";
import { json, type Transaction } from "#platform/database.ts";
import { addJob } from "#platform/jobs.ts";
import type { Account, AccountId, ProfileField } from "./account.ts";

export const mostFields = 4;

export type Profile = {
  name: string;
  role: string | null;
  /** Who answers for it. */
  answers: string | null;
  /** Markdown. */
  biographySource: string;
  fields: { name: string; value: string }[];
  avatar: MediaId | null;
  header: MediaId | null;
  locked: boolean;
  /** A second person approves what it is to say. Left as it is when not given. */
  approval?: boolean;
  /** An app speaks for it, and no person. Left as it is when not given. */
  automated?: boolean;
};
export type ProfileChanged =
  | { outcome: "changed" }
  | { outcome: "not-found" }
  | { outcome: "name-missing" }
  | { outcome: "too-many-fields" }
  | { outcome: "field-incomplete" };

/** Changes how one of our accounts presents itself. Followers' servers are told from the entry. */
export async function changeProfile(
  tx: Transaction,
  authority: AuthorityId,
  before: Account,
  profile: Profile,
  by: PersonId,
): Promise<ProfileChanged> {
  const name = profile.name.trim();
  if (name === "") return { outcome: "name-missing" };
  const typed = profile.fields
    .map((field) => ({ name: field.name.trim(), value: field.value.trim() }))
    .filter((field) => field.name !== "" || field.value !== "");
  if (typed.length > mostFields) return { outcome: "too-many-fields" };
  if (typed.some((field) => field.name === "" || field.value === "")) return { outcome: "field-incomplete" };
  const fields = typed.map((field) => keepProof(field, before.fields));
  const [row] = await tx`
    update account set name = ${name}, role = ${profile.role?.trim() || null}, answers = ${profile.answers?.trim() || null},
      biography = ${json(tx, blocksFromMarkdown(profile.biographySource))}, biography_source = ${profile.biographySource},
      fields = ${json(tx, fields)}, avatar = ${profile.avatar}, header = ${profile.header}, locked = ${profile.locked},
      approval = ${profile.approval ?? before.approval}, automated = ${profile.automated ?? before.automated}
    where authority = ${authority} and id = ${before.id} and uri is null and gone_at is null returning 1`;
  if (!row) return { outcome: "not-found" };
  await append(tx, {
    authority,
    direction: "out",
    kind: "account-changed",
    account: before.id,
    person: by,
    payload: { body: { ...profile, name, fields } },
  });
  if (fields.some((field) => isAddress(field.value)))
    await addJob(
      tx,
      "verify-fields",
      { authority, account: before.id },
      { key: `verify-fields:${authority}:${before.id}`, maxAttempts: 5 },
    );
  return { outcome: "changed" };
}

/** Notes which pages link back. Only when the fields are still those that were looked at. */
export async function markVerified(
  tx: Transaction,
  authority: AuthorityId,
  account: AccountId,
  looked: readonly ProfileField[],
  proven: ReadonlySet<string>,
): Promise<boolean> {
  const fields = looked.map(({ name, value }) =>
    proven.has(value) ? { name, value, verified: true } : { name, value },
  );
  if (JSON.stringify(fields) === JSON.stringify(looked)) return false;
  const [row] = await tx`
    update account set fields = ${json(tx, fields)}
    where authority = ${authority} and id = ${account} and uri is null and fields = ${json(tx, looked)} returning 1`;
  if (!row) return false;
  await append(tx, {
    authority,
    direction: "out",
    kind: "account-changed",
    account,
    facts: { why: "links-verified" },
  });
  return true;
}

export function isAddress(value: string): boolean {
  return /^https?:\/\/\S+$/i.test(value) && URL.canParse(value);
}

/** The proof belongs to the address: another name beside it changes nothing. */
function keepProof(field: { name: string; value: string }, before: readonly ProfileField[]): ProfileField {
  const proven = before.some((known) => known.value === field.value && known.verified === true);
  return proven ? { ...field, verified: true } : field;
}
