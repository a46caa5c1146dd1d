import { createAccount } from "#domain/accounts/create-account.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import { findAccount, type Account, type AccountId } from "#domain/accounts/account.ts";
import { saveRemoteAccount } from "#domain/accounts/save-remote-account.ts";
import { findAuthority, type Authority, type AuthorityId } from "#domain/authorities/authority.ts";
import { installRules } from "#domain/moderation/rules.ts";
import { addPerson, type PersonId } from "#domain/people/person.ts";
import type { IncomingPost } from "#domain/posts/receive-post.ts";
import { blocksFromPlain } from "#domain/text/from-plain.ts";
import type { Database } from "#platform/database.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";

export type Example = { authority: Authority; voice: Account; office: Account; person: PersonId };

/** One key pair serves every example: making one costs a tenth of a second. */
const keys = newKeyPair();
let serial = 0;

/** An authority with its own voice and an office, and one person who may speak for both. */
export async function exampleAuthority(
  db: Database,
  options: {
    domain?: string;
    handleDomain?: string;
    handle?: string;
    roles?: ("admin" | "moderator")[];
  } = {},
): Promise<Example> {
  const domain = options.domain ?? `exempel${++serial}.test`;
  const id = await db.system(async (tx) => {
    const [row] = await tx<{ id: AuthorityId }[]>`
      insert into authority (name, municipality, languages, domain, handle_domain, email)
      values ('Exempelkommun', '0000', array['sv', 'en'], ${domain}, ${options.handleDomain ?? domain}, 'kommun@example.se')
      returning id`;
    return required(row).id;
  });
  return db.as(id, async (tx) => {
    const authority = required(await findAuthority(tx, id));
    await installRules(tx, id);
    const added = await addPerson(
      tx,
      id,
      {
        name: "Anna Exempel",
        email: "anna@example.se",
        roles: options.roles ?? ["admin", "moderator"],
        language: "sv",
      },
      undefined,
    );
    if (added.outcome !== "added") throw new Error(added.outcome);
    const open = async (handle: string, name: string, kind: "authority" | "office") => {
      const created = await createAccount(
        tx,
        authority,
        { handle, name, kind, role: name },
        await keys,
        undefined,
      );
      if (created.outcome !== "created") throw new Error(created.outcome);
      await grantAccount(tx, id, { person: added.id, account: created.id }, undefined);
      return required(await findAccount(tx, id, created.id));
    };
    const voice = await open("exempelkommun", "Exempelkommun", "authority");
    const office = await open(options.handle ?? "kommunchef", "Kommunchefen", "office");
    return { authority, voice, office, person: added.id };
  });
}

/** Somebody on another server. */
export async function exampleRemote(
  db: Database,
  authority: Authority,
  handle: string,
  domain: string,
): Promise<AccountId> {
  const uri = `https://${domain}/users/${handle}`;
  return db.as(authority.id, (tx) =>
    saveRemoteAccount(tx, authority.id, {
      network: "fediverse",
      uri,
      url: `https://${domain}/@${handle}`,
      handle,
      domain,
      name: handle,
      biography: [],
      fields: [],
      avatarUrl: null,
      headerUrl: null,
      inbox: `${uri}/inbox`,
      sharedInbox: `https://${domain}/inbox`,
      outbox: null,
      followers: `${uri}/followers`,
      publicKeyId: `${uri}#main-key`,
      publicKey: null,
      locked: false,
      indexable: false,
      automated: false,
    }),
  );
}

/** What somebody on another server says, as it is handed to `receivePost`. */
export function exampleIncoming(
  said: Pick<IncomingPost, "uri" | "author" | "source"> & Partial<IncomingPost>,
): IncomingPost {
  return {
    network: "fediverse",
    url: said.uri,
    kind: "note",
    visibility: "public",
    inReplyTo: null,
    publishedAt: Temporal.Now.instant(),
    editedAt: null,
    title: null,
    warning: null,
    language: "sv",
    blocks: blocksFromPlain(said.source),
    pictures: [],
    mentioned: [],
    entry: null,
    ...said,
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the example could not be made");
  return value;
}
