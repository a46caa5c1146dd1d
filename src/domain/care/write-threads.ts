import type { AuthorityId } from "#domain/authorities/authority.ts";
import { json, type Transaction } from "#platform/database.ts";
import type { AnswerRow, CareRow, KnownThreads } from "./read-threads.ts";

type Kept = Omit<AnswerRow, "care"> & { care: Pick<CareRow, "id" | "account" | "network"> };

/** Writes what following the posts has changed; new rows get their ids. */
export async function writeThreads(
  tx: Transaction,
  authority: AuthorityId,
  known: KnownThreads,
): Promise<void> {
  if (known.takenBack.length > 0)
    await tx`delete from care_answer where authority = ${authority} and post = any(${known.takenBack}::bigint[])`;
  if (known.touched.size > 0) {
    const rows = [...known.touched].map((care) => ({ ...care, id: undefined, tags: undefined }));
    const written = await tx<{ id: string; thread: string }[]>`
      insert into care (authority, thread, account, network, status, asked_post, asked_at, due_at, told, settled_post, version)
      select ${authority}, thread, account, network, status, "askedPost", "askedAt", "dueAt", told, "settledPost", version
      from jsonb_to_recordset(${json(tx, rows)}) as care (thread bigint, account bigint, network text, status text,
        "askedPost" bigint, "askedAt" timestamptz, "dueAt" timestamptz, told smallint, "settledPost" bigint, version int)
      on conflict (authority, thread) do update set status = excluded.status, asked_post = excluded.asked_post,
        asked_at = excluded.asked_at, due_at = excluded.due_at, told = excluded.told,
        settled_post = excluded.settled_post, version = excluded.version, updated_at = clock_timestamp()
      returning id, thread`;
    for (const { id, thread } of written) {
      const care = known.cares.get(thread);
      if (care) care.id = id;
    }
  }
  await keepAnswers(tx, authority, known.answered);
}

/** What was asked and when it was answered, for the times that the authority answers in. */
export async function keepAnswers(
  tx: Transaction,
  authority: AuthorityId,
  answered: readonly Kept[],
): Promise<void> {
  if (answered.length === 0) return;
  const answers = answered.map(({ care, ...answer }) => ({
    ...answer,
    care: care.id,
    account: care.account,
    network: care.network,
  }));
  await tx`
    insert into care_answer (authority, care, account, network, asked_at, answered_at, office_seconds, person, post)
    select ${authority}, care, account, network, "askedAt", "answeredAt", "officeSeconds", person, post
    from jsonb_to_recordset(${json(tx, answers)}) as answer (care bigint, account bigint, network text,
      "askedAt" timestamptz, "answeredAt" timestamptz, "officeSeconds" int, person bigint, post bigint)`;
}
