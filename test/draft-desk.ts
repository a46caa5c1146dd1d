import { grantAccount } from "#domain/accounts/grants.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { plainContent, type DraftContent } from "#domain/drafts/content.ts";
import { findDraft, type Draft } from "#domain/drafts/draft.ts";
import type { Written } from "#domain/drafts/keep-draft.ts";
import { submitDraft, type Submission, type Submitted } from "#domain/drafts/submit-draft.ts";
import { addPerson, type PersonId } from "#domain/people/person.ts";
import type { Database } from "#platform/database.ts";
import { exampleAuthority, type Example } from "./example.ts";

/** An authority where things are written: by one person, and a colleague who may speak for the office too. */
export type DraftDesk = Example & {
  colleague: PersonId;
  written(text: string, more?: Partial<Written>): Written;
  submit(
    what: Partial<Submission> & { text: string },
    now: Temporal.Instant,
    undoSeconds?: number,
  ): Promise<Submitted>;
  draft(id: string): Promise<Draft>;
  /** How many posts say this. */
  countOf(text: string): Promise<number>;
  /** How many entries of a kind the journal has. */
  entries(kind: string): Promise<number>;
  setApproval(on: boolean): Promise<void>;
};

let serial = 0;

export async function openDraftDesk(db: Database): Promise<DraftDesk> {
  const example = await exampleAuthority(db);
  const { authority, office, person } = example;
  const { id } = authority;
  const colleague = await db.as(id, async (tx) => {
    const email = `kollega${++serial}@example.se`;
    const added = await addPerson(
      tx,
      id,
      { name: "Bo Exempel", email, roles: [], language: "sv" },
      undefined,
    );
    if (added.outcome !== "added") throw new Error(added.outcome);
    await grantAccount(tx, id, { person: added.id, account: office.id }, undefined);
    return added.id;
  });
  const written = (text: string, more: Partial<Written> = {}): Written => ({
    person,
    once: `a-form-with-number-${++serial}`,
    to: { mode: "new" },
    content: contentOf(office, text),
    reason: "",
    postVersion: null,
    seen: null,
    localTime: null,
    blank: text === "",
    ...more,
  });
  const officeNow = async (authority: Authority): Promise<Account> => {
    const [row] = await db.read(
      id,
      (tx) =>
        tx<
          { approval: boolean }[]
        >`select approval from account where authority = ${authority.id} and id = ${office.id}`,
    );
    return { ...office, approval: row?.approval ?? false };
  };
  return {
    ...example,
    colleague,
    written,
    async submit({ text, ...more }, now, undoSeconds = 10) {
      const account = await officeNow(authority);
      const submission: Submission = {
        ...written(text),
        wish: "publish",
        bypassReason: "",
        account,
        viewer: { kind: "staff", accounts: [office.id] },
        ...more,
      };
      return db.as(id, (tx) => submitDraft(tx, authority, submission, now, undoSeconds));
    },
    async draft(of) {
      const draft = await db.read(id, (tx) => findDraft(tx, id, of));
      if (!draft) throw new Error("no draft");
      return draft;
    },
    async countOf(text) {
      const [row] = await db.read(
        id,
        (tx) => tx<{ count: number }[]>`
          select count(*)::int as count from post_version where authority = ${id} and source = ${text}`,
      );
      return row?.count ?? 0;
    },
    async entries(kind) {
      const [row] = await db.read(
        id,
        (tx) => tx<{ count: number }[]>`
          select count(*)::int as count from journal where authority = ${id} and kind = ${kind}`,
      );
      return row?.count ?? 0;
    },
    async setApproval(on) {
      await db.as(
        id,
        (tx) => tx`update account set approval = ${on} where authority = ${id} and id = ${office.id}`,
      );
    },
  };
}

export function contentOf(account: Account, text: string, more: Partial<DraftContent> = {}): DraftContent {
  const said = {
    account: account.id,
    capacity: "office",
    visibility: "public",
    language: "sv",
    text,
  } as const;
  return { ...plainContent(said), ...more };
}
