import type { RemoteAccount } from "#domain/accounts/save-remote-account.ts";
import { collectLinks, plainText } from "#domain/text/blocks.ts";
import { blocksFromHtml } from "#domain/text/from-html.ts";
import { safeHref } from "#domain/text/safe-href.ts";
import {
  idOf,
  linksOf,
  longestUri,
  objectOf,
  objectsOf,
  sameHost,
  stringOf,
  typeOf,
  uriOf,
  type Json,
} from "./as2.ts";
import { lineFromHtml, lineOf } from "./text-from-outside.ts";

const actorTypes = ["Person", "Service", "Application", "Group", "Organization"];

export function isActor(json: unknown): boolean {
  return actorTypes.includes(typeOf(json) ?? "");
}

/**
 * An actor document as an account elsewhere, made harmless; undefined when it names no usable actor.
 * `keyId` picks one of several keys. Source: ActivityPub 4.1, and what the servers in the test beside this send.
 */
export function readActor(json: Json, keyId?: string): RemoteAccount | undefined {
  const uri = uriOf(json["id"]);
  const host = URL.parse(uri ?? "")?.host;
  const handle = handleOf(json, uri);
  if (!uri || !host || !handle || !isActor(json)) return undefined;
  const key = keyOf(json, uri, keyId);
  const inbox = inboxOf(json, uri);
  return {
    network: "fediverse",
    uri,
    url: pageOf(json["url"]) ?? null,
    handle,
    domain: host,
    name: lineOf(json["name"], 100) ?? handle,
    biography: blocksFromHtml((stringOf(json["summary"]) ?? "").slice(0, 50_000)),
    fields: fieldsOf(json),
    avatarUrl: pictureOf(json["icon"]),
    headerUrl: pictureOf(json["image"]),
    inbox: inbox ?? null,
    sharedInbox: sharedInboxOf(json, inbox),
    outbox: idOf(json["outbox"]) ?? null,
    followers: idOf(json["followers"]) ?? null,
    publicKeyId: key?.id ?? null,
    publicKey: key?.pem ?? null,
    locked: json["manuallyApprovesFollowers"] === true,
    indexable: json["indexable"] === true,
    automated: ["Service", "Application"].includes(typeOf(json) ?? ""),
  };
}

/** The page to send a reader to: an HTML one if several are given. */
export function pageOf(value: unknown): string | undefined {
  const links = linksOf(value);
  const page =
    links.find((link) => link.mediaType?.startsWith("text/html")) ??
    links.find((link) => !link.mediaType) ??
    links[0];
  return page && safeHref(page.href);
}

/** First address of an Image in any of its forms. */
export function pictureOf(value: unknown): string | null {
  for (const one of Array.isArray(value) ? (value as unknown[]).slice(0, 8) : [value]) {
    const links = linksOf(objectOf(one)?.["url"] ?? objectOf(one)?.["href"] ?? one);
    const picture = links.find((link) => link.mediaType?.startsWith("image/")) ?? links[0];
    const href = picture && safeHref(picture.href);
    if (href && href.length <= longestUri) return href;
  }
  return null;
}

/**
 * Only on the actor's host, or one beneath or above it: else a stranger could have us send to a third, and what
 * fails there would count against everybody who lives there.
 */
function inboxOf(json: Json, actor: string): string | undefined {
  const inbox = uriOf(json["inbox"]);
  const [mine, given] = [URL.parse(actor)?.hostname, URL.parse(inbox ?? "")?.hostname];
  if (!inbox || !mine || !given) return undefined;
  const related = given.endsWith(`.${mine}`) || mine.endsWith(`.${given}`);
  return sameHost(inbox, actor) || (related && given.includes(".")) ? inbox : undefined;
}

/** Only on the host of the inbox itself. */
function sharedInboxOf(json: Json, inbox: string | undefined): string | null {
  const shared = uriOf(objectOf(json["endpoints"])?.["sharedInbox"]);
  return inbox && shared && sameHost(inbox, shared) ? shared : null;
}

function handleOf(json: Json, uri: string | undefined): string | undefined {
  const given =
    stringOf(json["preferredUsername"]) ??
    /\/@?([^/?#]+)\/?$/.exec(URL.parse(uri ?? "")?.pathname ?? "")?.[1];
  const handle = given?.trim().replace(/^@/, "");
  return handle && /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,100}[\p{L}\p{N}_])?$/u.test(handle)
    ? handle
    : undefined;
}

/** Only a key that lives on the actor's host and is the actor's own counts. */
function keyOf(
  json: Json,
  actor: string,
  keyId: string | undefined,
): { id: string; pem: string } | undefined {
  const keys = objectsOf(json["publicKey"]).flatMap((key) => {
    const id = uriOf(key["id"]);
    const pem = stringOf(key["publicKeyPem"]);
    const owner = key["owner"] ?? key["controller"];
    const own = owner === undefined || idOf(owner) === actor;
    return id && pem && pem.length <= 4096 && own && sameHost(id, actor)
      ? [{ id, pem: pem.replaceAll("\0", "").toWellFormed() }]
      : [];
  });
  return keyId === undefined ? keys[0] : keys.find((key) => key.id === keyId);
}

function fieldsOf(json: Json): RemoteAccount["fields"] {
  return objectsOf(json["attachment"])
    .filter((field) => typeOf(field) === "PropertyValue")
    .slice(0, 16)
    .flatMap((field) => {
      const name = lineFromHtml(field["name"], 100);
      const value = valueOf(stringOf(field["value"]) ?? "");
      return name && value ? [{ name, value }] : [];
    });
}

/** A shortened link in a field is worth its whole address. */
function valueOf(html: string): string | undefined {
  const blocks = blocksFromHtml(html.slice(0, 4000));
  const [link, ...others] = collectLinks(blocks);
  const text = lineOf(plainText(blocks), 300);
  const bare =
    link !== undefined && others.length === 0 && text !== undefined && link.includes(text.replace(/…$/u, ""));
  return bare ? link.slice(0, 300) : text;
}
