import type { AccountId } from "#domain/accounts/account.ts";
import {
  saveRemoteAccount,
  saveRemoteAccounts,
  type RemoteAccount,
} from "#domain/accounts/save-remote-account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { Services, Site } from "#context.ts";
import { fetchObject } from "../signed-fetch.ts";
import { objectOf, sameHost } from "./as2.ts";
import { readActor } from "./read-actor.ts";

export type FetchedActor =
  | { ok: true; actor: RemoteAccount }
  /** `lasting`: asking again will not help. */
  | { ok: false; gone: boolean; lasting: boolean; reason: string };

/** An actor as its own server describes it. Nothing is kept: see saveActor. */
export async function fetchActor(
  services: Pick<Services, "db" | "fetch" | "clock">,
  site: Site,
  uri: string,
  keyId?: string,
): Promise<FetchedActor> {
  const fetched = await fetchObject(services, site, uri);
  if (!fetched.ok)
    return {
      ok: false,
      gone: fetched.gone,
      lasting: fetched.gone || unreachable.test(fetched.reason),
      reason: fetched.reason,
    };
  const json = objectOf(fetched.json);
  const actor = json && readActor(json, keyId);
  if (!actor) return { ok: false, gone: false, lasting: true, reason: "not an actor" };
  if (actor.uri !== uri || !sameHost(fetched.finalUrl, uri))
    return { ok: false, gone: false, lasting: true, reason: "another actor than the one asked for" };
  return { ok: true, actor };
}

/** Addresses that are never asked, whoever names them. */
const unreachable = /^(blocked-address|bad-url)\b/;

/** Keeps what an actor now says of itself. */
export async function saveActor(
  tx: Transaction,
  authority: AuthorityId,
  actor: RemoteAccount,
  provenHost?: string,
): Promise<AccountId> {
  if (provenHost) return saveRemoteAccount(tx, authority, { ...actor, domain: provenHost });
  const [id] = await saveActors(tx, authority, [actor]);
  if (!id) throw new Error("an actor was not kept");
  return id;
}

/**
 * The same for several, one of them perhaps more than once. Their ids, in the order given. A handle's host that WebFinger
 * has proven outlives the host of the id.
 */
export function saveActors(
  tx: Transaction,
  authority: AuthorityId,
  actors: readonly RemoteAccount[],
): Promise<AccountId[]> {
  return saveRemoteAccounts(tx, authority, actors, "kept");
}
