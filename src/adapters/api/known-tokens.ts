import type { Services } from "#context.ts";
import type { TokenFound } from "#domain/accounts/find-token.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import { millisecondsOf } from "#platform/clock.ts";
import { createFreshCache } from "#platform/fresh-cache.ts";
import { oneForEach } from "#platform/one-for-each.ts";

/** What a token stood for, and all that anybody is shown of that as a text, to be compared. */
export type KnownToken = { found: TokenFound; text: string };

/** What tokens stood for when this process asked. They may stand for something else by now, or for nothing. */
export type KnownTokens = {
  last(authority: AuthorityId, token: string): KnownToken | undefined;
  note(authority: AuthorityId, token: string, found: TokenFound): void;
};

const maxBytes = 1024 * 1024;
const longestMs = 60 * 60_000;

/** Those of this process. */
export const knownTokensOf = oneForEach(({ clock }: Services): KnownTokens => {
  const now = millisecondsOf(clock);
  const cache = createFreshCache<KnownToken>({ maxBytes });
  return {
    last: (authority, token) => cache.get(keyOf(authority, token), now()),
    note(authority, token, found) {
      const value = { found, text: textOf(found) };
      const bytes = 4 * value.text.length + 1_000;
      const until = now() + longestMs;
      cache.put(cache.begin(), keyOf(authority, token), { authority, value, bytes, until });
    },
  };
});

/** The day on which it was used last is nothing that anybody is shown. */
export function textOf(found: TokenFound): string {
  return JSON.stringify({ ...found, lastUsedOn: null });
}

function keyOf(authority: AuthorityId, token: string): string {
  return `${authority} ${token}`;
}
