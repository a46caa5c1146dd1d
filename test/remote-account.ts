import type { RemoteAccount } from "#domain/accounts/save-remote-account.ts";

/** Somebody on another server who has said nothing of themselves, but for what is told here. */
export function remoteAccount(
  said: Pick<RemoteAccount, "handle" | "domain"> & Partial<RemoteAccount>,
): RemoteAccount {
  const uri = `https://${said.domain}/users/${said.handle}`;
  return {
    network: "fediverse",
    uri,
    url: uri,
    name: said.handle,
    biography: [],
    fields: [],
    avatarUrl: null,
    headerUrl: null,
    inbox: `${uri}/inbox`,
    sharedInbox: null,
    outbox: null,
    followers: null,
    publicKeyId: null,
    publicKey: null,
    locked: false,
    indexable: false,
    automated: false,
    ...said,
  };
}
