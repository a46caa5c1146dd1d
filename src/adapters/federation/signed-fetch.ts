import { accountUri, type Services, type Site } from "#context.ts";
import { findAuthorityAccount } from "#domain/accounts/account.ts";
import { privateKey } from "#domain/accounts/create-account.ts";
import { parseBoundedJson } from "./bounded-json.ts";
import { signCavageAside } from "./signatures/cavage.ts";

export const activityAccept =
  'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"';

export type FetchedObject =
  | { ok: true; json: Record<string, unknown>; finalUrl: string }
  /** `gone`: the other server says that it is not there, or no longer; asking again changes nothing. */
  | { ok: false; gone: boolean; reason: string };

/**
 * Fetches an ActivityStreams object, signed by the authority's own account, since many servers answer nobody else.
 * The object's `id` is on the host that answered: else anyone could serve words in another's name.
 */
export async function fetchObject(
  services: Pick<Services, "db" | "fetch" | "clock">,
  site: Site,
  uri: string,
): Promise<FetchedObject> {
  const first = await fetchOnce(services, site, uri);
  if (!first.ok) return first;
  const id = first.json["id"];
  if (typeof id !== "string" || !URL.canParse(id)) return refused("the object has no id");
  if (sameOrigin(id, first.finalUrl)) return first;
  const second = await fetchOnce(services, site, id);
  if (!second.ok) return second;
  return second.json["id"] === id && sameOrigin(id, second.finalUrl)
    ? second
    : refused("the object's id is on another host than the one that serves it");
}

async function fetchOnce(
  services: Pick<Services, "db" | "fetch" | "clock">,
  site: Site,
  uri: string,
): Promise<FetchedObject> {
  const url = URL.parse(uri);
  if (!url) return { ok: false, gone: true, reason: "not a URL" };
  // A fragment names a part of a document; it is the document that is fetched.
  url.hash = "";
  const signer = await findSigner(services, site);
  const answer = await services.fetch(url, {
    accept: activityAccept,
    headersFor: (hop) =>
      signer ? signCavageAside({ method: "GET", url: hop, ...signer, date: services.clock() }) : {},
  });
  if (!answer.ok) return refused(`${answer.reason}: ${answer.message}`);
  if (answer.status === 404 || answer.status === 410)
    return { ok: false, gone: true, reason: `answered ${answer.status}` };
  if (answer.status < 200 || answer.status > 299) return refused(`answered ${answer.status}`);
  if (!isActivityJson(answer.headers.get("content-type")))
    return refused(`answered with ${answer.headers.get("content-type") ?? "no type"}`);
  const json = parseBoundedJson(answer.text());
  return json ? { ok: true, json, finalUrl: answer.url } : refused("answered with no usable JSON object");
}

type Signer = { keyId: string; privateKeyPem: string };

/** Our own keys never change, but which account speaks for an authority may: asked anew after a minute. */
const signerMs = 60_000;
type Signers = Map<string, { signer: Promise<Signer | undefined>; until: number }>;
const signers = new WeakMap<Services["db"], Signers>();

function findSigner(services: Pick<Services, "db">, site: Site): Promise<Signer | undefined> {
  const known: Signers = signers.get(services.db) ?? new Map();
  signers.set(services.db, known);
  // By origin too: it is part of the key's name.
  const name = `${site.authority.id} ${site.origin}`;
  const kept = known.get(name);
  if (kept && kept.until > performance.now()) return kept.signer;
  const signer = readSigner(services, site);
  known.set(name, { signer, until: performance.now() + signerMs });
  signer.then(
    (found) => found ?? known.delete(name),
    () => known.delete(name),
  );
  return signer;
}

function readSigner(services: Pick<Services, "db">, site: Site): Promise<Signer | undefined> {
  return services.db.read(site.authority.id, async (tx) => {
    const account = await findAuthorityAccount(tx, site.authority.id);
    if (!account) return undefined;
    const privateKeyPem = await privateKey(tx, site.authority, account.id);
    return { keyId: `${accountUri(site, account.id)}#main-key`, privateKeyPem };
  });
}

/** Plain JSON or HTML might be a file that some stranger uploaded there. */
function isActivityJson(type: string | undefined): boolean {
  const [essence = "", ...parameters] = (type ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  if (essence === "application/activity+json") return true;
  return (
    essence === "application/ld+json" &&
    parameters.some(
      (part) => part.startsWith("profile=") && part.includes("https://www.w3.org/ns/activitystreams"),
    )
  );
}

function sameOrigin(id: string, url: string): boolean {
  return URL.parse(id)?.host === URL.parse(url)?.host;
}

function refused(reason: string): FetchedObject {
  return { ok: false, gone: false, reason };
}
