import { webAddress } from "#domain/text/web-address.ts";

export type ContactDetail = { kind: "phone" | "e-mail"; written: string };

/**
 * Phone numbers and e-mail addresses that look like a private person's: mobile numbers, addresses at the mail services
 * that people use at home, and names at others' hosts. `ownHosts` are the authority's: what is under them is its own.
 */
export function findPrivateContacts(text: string, ownHosts: readonly string[]): ContactDetail[] {
  const read = text.replace(webAddress, (address) => "x".repeat(address.length));
  const phones = [...read.matchAll(mobile)].map(([written]) => ({ kind: "phone" as const, written }));
  const addresses = [...read.matchAll(eMail)]
    .filter(([, user = "", host = ""]) => looksPrivate(user.toLowerCase(), host.toLowerCase(), ownHosts))
    .map(([written]) => ({ kind: "e-mail" as const, written }));
  return [...new Map([...phones, ...addresses].map((one) => [one.written, one])).values()];
}

function looksPrivate(user: string, host: string, ownHosts: readonly string[]): boolean {
  const own = ownHosts.map((one) => one.toLowerCase().replace(/:\d+$/, ""));
  if (own.some((one) => host === one || host.endsWith(`.${one}`))) return false;
  if (homeMail.test(host)) return true;
  return !roles.test(user) && /^\p{L}{2,}[._-]\p{L}{2,}\d*$/u.test(user);
}

const mobile =
  /(?<![\p{L}\d+/-])(?:(?:\+|00)46[ \u00A0-]?(?:\(0\))?[ \u00A0]?|0)7[02369](?:[ \u00A0-]{0,3}\d){7}(?![\d-])/gu;
/** Not preceded by @: the handle of an account is no address. */
const eMail =
  /(?<![\p{L}\p{N}@._%+-])([\p{L}\p{N}._%+-]{1,64})@((?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24})(?![\p{L}\p{N}@])/gu;
const homeMail =
  /^(gmail|googlemail|hotmail|outlook|live|msn|icloud|me|mac|yahoo|ymail|proton|protonmail|tutanota|gmx|aol|telia|comhem|bredband|bredbandsbolaget|spray|passagen|tele2|home|glocalnet|swipnet|bahnhof|mail|hey|fastmail)\.(com|net|se|nu|me|org|eu|co\.uk|de)$/;
const roles =
  /^(no|not|do)[._-]|info|kontakt|kund|support|press|registrator|kansli|kommun|service|help|contact|mail/;
