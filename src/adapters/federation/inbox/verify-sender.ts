import type { AccountId } from "#domain/accounts/account.ts";
import { knownActorsByUri } from "#domain/accounts/find-remote-accounts.ts";
import type { RemoteAccount } from "#domain/accounts/save-remote-account.ts";
import { blockedHostsAmong } from "#domain/relationships/blocks.ts";
import type { Services, Site } from "#context.ts";
import type { SignedRequest } from "../signatures/signed-request.ts";
import { readSignature, type SignatureClaim } from "../signatures/verify-request.ts";
import { inBatches } from "../in-batches.ts";
import { idOf, sameHost, typeOf, type Json } from "./as2.ts";
import { fetchActor, type FetchedActor } from "./fetch-actor.ts";
import { isOnSite } from "./own-uri.ts";
import { rushOf } from "./rush.ts";
import { TokenBuckets } from "./token-buckets.ts";

/** Whoever is new here, or has a new key, comes as their server describes them, to be kept with what they say. */
export type Sender = { account: AccountId | RemoteAccount; actor: string };
export type Refusal = { ok: false; status: 400 | 401 | 403 | 503; reason: string; detail: string };
export type Verified = { ok: true; sender: Sender } | { ok: true; sender: undefined } | Refusal;

type KnownKey = { account: AccountId; actor: string; pem: string; until: number };

const mostKept = 10_000;
/** Whole descriptions of actors, so fewer. */
const mostAsked = 300;
const keyMinutes = 60;
/** Each holds its whole body while a server that may be slow on purpose is asked. */
const mostWaiting = 150;
/** How long an answer of the actor's server is taken as it was. */
const patienceMs = { answered: 5 * 60_000, temporary: 20_000 };

/**
 * Finds out who sends an activity: the signature's key must be the actor's own. A known sender costs no query;
 * an unknown one's server is asked, and a changed key is asked for anew, but not more often than every five minutes.
 * No sender is a Delete from an actor that is gone and was never known here: there is nothing to do.
 */
export function senderVerifier(services: Services) {
  const keys = new Map<string, KnownKey>();
  const asked = new Map<string, { at: number; answer: Promise<FetchedActor>; temporary: boolean }>();
  const hosts = new TokenBuckets({ burst: 200, perSecond: 10 });
  let waiting = 0;
  const rush = rushOf(services.db);
  /** Who an actor is here, and whether its host may say anything at all. */
  const lookUp = inBatches({ most: 100 }, (authority, actors: string[]) =>
    services.db.read(authority, async (tx) => {
      const hosts = actors.map(hostOf);
      const [known, blocked] = await Promise.all([
        knownActorsByUri(tx, authority, actors),
        blockedHostsAmong(tx, authority, hosts),
      ]);
      return actors.map((actor) => ({ account: known.get(actor), blocked: blocked.has(hostOf(actor)) }));
    }),
  );

  return async (site: Site, request: SignedRequest, activity: Json): Promise<Verified> => {
    const now = services.clock();
    const claim = readSignature(request, now);
    if ("refused" in claim) return refuse(401, claim.refused, claim.detail);
    const actor = idOf(activity["actor"]);
    if (!actor) return refuse(400, "no-actor", "the activity names no actor");
    if (!sameHost(claim.keyId, actor))
      return refuse(403, "other-host", `${claim.keyId} cannot speak for ${actor}`);
    if (isOnSite(site, actor)) return refuse(403, "own-actor", actor);
    // With the actor: whoever claims another's key must not be taken for its owner, nor keep the owner out.
    const name = `${site.authority.id} ${actor} ${claim.keyId}`;
    const kept = keptKey(name);
    if (kept && claim.verify(kept.pem)) return { ok: true, sender: kept };
    const { account, blocked } = await lookUp(site.authority.id, actor);
    const known = account?.publicKeyId === claim.keyId ? account : undefined;
    // It may have been changed by what came just before, or in another process.
    if (known?.publicKey && known.publicKey !== kept?.pem && claim.verify(known.publicKey))
      return { ok: true, sender: remember(name, { account: known.id, actor, pem: known.publicKey }) };
    if (blocked) return refuse(403, "blocked", hostOf(actor));
    return askActor(site, actor, claim, activity, kept !== undefined || Boolean(known?.publicKey));
  };

  function keptKey(name: string): KnownKey | undefined {
    const kept = keys.get(name);
    return kept && kept.until > services.clock().epochMilliseconds ? kept : undefined;
  }

  async function askActor(
    site: Site,
    actor: string,
    claim: SignatureClaim,
    activity: Json,
    hadKey: boolean,
  ): Promise<Verified> {
    const host = hostOf(actor);
    if (waiting >= mostWaiting) return refuse(503, "key-unavailable", "too many wait for their servers");
    waiting++;
    const answer = await rush.duringPart(() => ask(site, actor, claim.keyId, host)).finally(() => waiting--);
    if (!answer.ok) {
      if (hadKey)
        return refuse(
          401,
          "bad-signature",
          `${claim.keyId} did not make it, and ${actor} says: ${answer.reason}`,
        );
      if (answer.gone && typeOf(activity) === "Delete") return { ok: true, sender: undefined };
      return answer.lasting
        ? refuse(401, "no-key", answer.reason)
        : refuse(503, "key-unavailable", answer.reason);
    }
    const pem = answer.actor.publicKey;
    if (!pem) return refuse(403, "foreign-key", `${claim.keyId} is not a key of ${actor}`);
    if (!claim.verify(pem)) return refuse(401, "bad-signature", `${claim.keyId} did not make it`);
    return { ok: true, sender: { account: answer.actor, actor } };
  }

  /** Many activities of one stranger wait for one answer. */
  async function ask(site: Site, actor: string, keyId: string, host: string): Promise<FetchedActor> {
    const now = services.clock();
    const at = now.epochMilliseconds;
    const key = `${site.authority.id} ${actor} ${keyId}`;
    const last = asked.get(key);
    if (last && at - last.at < (last.temporary ? patienceMs.temporary : patienceMs.answered))
      return last.answer;
    if (!hosts.take(host, now)) return { ok: false, gone: false, lasting: false, reason: "asked too often" };
    const fresh = { at, answer: fetchActor(services, site, actor, keyId), temporary: false };
    asked.delete(key);
    keep(asked, key, fresh, mostAsked);
    try {
      const answer = await fresh.answer;
      fresh.temporary = !answer.ok && !answer.lasting;
      return answer;
    } catch (error) {
      asked.delete(key);
      throw error;
    }
  }

  function remember(name: string, key: Omit<KnownKey, "until">): KnownKey {
    const until = services.clock().add({ minutes: keyMinutes }).epochMilliseconds;
    keys.delete(name);
    return keep(keys, name, { ...key, until }, mostKept);
  }
}

function hostOf(actor: string): string {
  return URL.parse(actor)?.host ?? "";
}

function keep<T>(map: Map<string, T>, key: string, value: T, most: number): T {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
  return value;
}

function refuse(status: Refusal["status"], reason: string, detail: string): Refusal {
  return { ok: false, status, reason, detail };
}
