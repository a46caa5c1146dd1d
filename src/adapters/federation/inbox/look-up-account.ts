import { accountsByHandle, findAccount, splitHandle, type Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { isDomainBlocked } from "#domain/relationships/blocks.ts";
import { siteOf, type Services } from "#context.ts";
import { createPace, type Pace } from "#platform/pace.ts";
import { parseBoundedJson } from "../bounded-json.ts";
import { objectsOf, stringOf, uriOf } from "./as2.ts";
import { fetchActor, saveActor } from "./fetch-actor.ts";
import { isOnSite } from "./own-uri.ts";

type LookUp = Pick<Services, "config" | "db" | "fetch" | "clock">;

/** The account behind @user@host: one that we know, or as WebFinger and its server describe it. */
export async function lookUpAccount(
  services: LookUp,
  authority: Authority,
  handle: string,
): Promise<Account | undefined> {
  const { user, host } = splitHandle(handle.trim(), authority.handleDomain);
  if (!/^[\p{L}\p{N}_.-]{1,100}$/u.test(user) || !/^[\p{L}\p{N}.-]+(:\d{1,5})?$/u.test(host))
    return undefined;
  const { known, blocked } = await services.db.read(authority.id, async (tx) => ({
    known: [...(await accountsByHandle(tx, authority, [`@${user}@${host}`])).values()][0],
    blocked: await isDomainBlocked(tx, authority.id, host),
  }));
  if (known) return known;
  if (blocked || host === authority.handleDomain || host === authority.domain) return undefined;
  if (!paceOf(services)(host)) return undefined;
  const found = await webFinger(services, user, host);
  if (!found) return undefined;
  const site = siteOf(services.config, authority);
  if (isOnSite(site, found.actor)) return undefined;
  const fetched = await fetchActor(services, site, found.actor);
  if (!fetched.ok || fetched.actor.handle.toLowerCase() !== user) return undefined;
  const { actor } = fetched;
  const proven = await provenHost(services, user, host, found);
  if (!(await isNamedSo(services, user, proven, actor.uri))) return undefined;
  return services.db.as(authority.id, async (tx) => {
    if (await isDomainBlocked(tx, authority.id, URL.parse(actor.uri)?.host ?? "")) return undefined;
    return findAccount(tx, authority.id, await saveActor(tx, authority.id, actor, proven));
  });
}

/** Whoever writes names that nobody has, over and over, is not to have us ask another's server each time. */
export function paceOf({ fetch, clock }: LookUp): Pace {
  const pace = paces.get(fetch) ?? createPace(clock, { ofOne: 60, ofAll: 300 });
  paces.set(fetch, pace);
  return pace;
}

const paces = new WeakMap<LookUp["fetch"], Pace>();

type Finger = { actor: string; subject: string | undefined };

/** The handle's host is what the subject says, if that host says so, too. */
async function provenHost(services: LookUp, user: string, host: string, found: Finger): Promise<string> {
  const [name, other] = (found.subject ?? "")
    .replace(/^acct:/, "")
    .toLowerCase()
    .split("@");
  if (!other || other === host || name !== user || !/^[\p{L}\p{N}.-]+(:\d{1,5})?$/u.test(other)) return host;
  return (await webFinger(services, user, other))?.actor === found.actor ? other : host;
}

/** A handle on another host than the actor's counts when the actor's host says the same: else anyone could rename them. */
async function isNamedSo(services: LookUp, user: string, host: string, actor: string): Promise<boolean> {
  const home = URL.parse(actor)?.host ?? "";
  if (home === host) return true;
  const said = await webFinger(services, user, host, home);
  return said?.actor === actor && said.subject?.toLowerCase() === `acct:${user}@${host}`;
}

/** Source: RFC 7033. */
async function webFinger(
  services: LookUp,
  user: string,
  host: string,
  asked = host,
): Promise<Finger | undefined> {
  const scheme = services.config.allowPrivateNetwork ? "http" : "https";
  const resource = encodeURIComponent(`acct:${user}@${host}`);
  const answer = await services.fetch(`${scheme}://${asked}/.well-known/webfinger?resource=${resource}`, {
    accept: "application/jrd+json, application/json",
    maxBytes: 65_536,
  });
  const json = answer.ok && answer.status === 200 ? parseBoundedJson(answer.text()) : undefined;
  const self = objectsOf(json?.["links"]).find(
    (link) =>
      link["rel"] === "self" && /^application\/(activity|ld)\+json/.test(stringOf(link["type"]) ?? ""),
  );
  const actor = uriOf(self?.["href"]);
  return actor ? { actor, subject: stringOf(json?.["subject"]) } : undefined;
}
