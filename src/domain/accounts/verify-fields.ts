import { Parser } from "htmlparser2";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Database } from "#platform/database.ts";
import type { SafeFetch } from "#platform/safe-fetch.ts";
import { findAccount, type AccountId } from "./account.ts";
import { isAddress, markVerified } from "./change-profile.ts";

/** Looks whether the pages that a profile names link back to it with rel=me: the proof that they are the same people's. */
export async function verifyFields(
  db: Database,
  fetch: SafeFetch,
  authority: AuthorityId,
  id: AccountId,
  /** Our addresses of the profile; a link to any of them will do. */
  profileOf: (account: { handle: string }) => readonly string[],
): Promise<void> {
  const account = await db.read(authority, (tx) => findAccount(tx, authority, id));
  if (!account || account.uri !== null || account.goneAt) return;
  const profiles = profileOf(account);
  const proven = new Set<string>();
  for (const { value } of account.fields) {
    if (!isAddress(value)) continue;
    const answer = await fetch(value, { accept: "text/html", maxBytes: 2 * 1024 * 1024 });
    if (answer.ok && answer.status === 200 && linksBack(answer.text(), answer.url, profiles))
      proven.add(value);
  }
  await db.as(authority, (tx) => markVerified(tx, authority, id, account.fields, proven));
}

/** Does a page have a link or an anchor with rel=me to one of these addresses? */
export function linksBack(page: string, base: string, profiles: readonly string[]): boolean {
  const wanted = new Set(profiles.map(plain));
  let found = false;
  const parser = new Parser({
    onopentag(name, { rel = "", href = "" }) {
      if (name !== "a" && name !== "link") return;
      if (!rel.toLowerCase().split(/\s+/).includes("me")) return;
      const url = URL.parse(href, base);
      if (url && wanted.has(plain(url.href))) found = true;
    },
  });
  parser.end(page);
  return found;
}

function plain(address: string): string {
  return address.replace(/[#?].*$/, "").replace(/\/$/, "");
}
