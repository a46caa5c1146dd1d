/**
 * What a token lets an app do: https://docs.joinmastodon.org/api/oauth-scopes/. A whole scope holds its parts;
 * `follow` is the old name of three of them, and `profile` is to know who signed in and nothing more.
 */
const parts = {
  read: [
    "accounts",
    "blocks",
    "bookmarks",
    "favourites",
    "filters",
    "follows",
    "lists",
    "mutes",
    "notifications",
    "search",
    "statuses",
  ],
  write: [
    "accounts",
    "blocks",
    "bookmarks",
    "conversations",
    "favourites",
    "filters",
    "follows",
    "lists",
    "media",
    "mutes",
    "notifications",
    "reports",
    "statuses",
  ],
} as const;

export type Scope =
  | keyof typeof parts
  | `read:${(typeof parts.read)[number]}`
  | `write:${(typeof parts.write)[number]}`
  | "follow"
  | "push"
  | "profile";

const following = [
  "read:blocks",
  "write:blocks",
  "read:follows",
  "write:follows",
  "read:mutes",
  "write:mutes",
];

/** Every scope there is, in the order in which they are listed to people. */
export const scopes: readonly Scope[] = [
  "profile",
  "read",
  ...parts.read.map((part) => `read:${part}` as const),
  "write",
  ...parts.write.map((part) => `write:${part}` as const),
  "follow",
  "push",
];

/**
 * Reads a list of scopes parted by blanks (or plus signs); undefined when one of them does not exist. Mastodon's scopes
 * for its administrators are left out, as there is nothing here that they would open.
 */
export function readScopes(text: string): Scope[] | undefined {
  const named = [
    ...new Set(text.split(/[\s+]+/).filter((scope) => scope !== "" && !ofAdministrators.test(scope))),
  ];
  return named.every(isScope) ? named : undefined;
}

/** What is given when nothing is named: read, or all that there is where an app has not even that. */
export function usualScopes(registered: readonly string[]): string[] {
  return holds(registered, "read") ? ["read"] : [...registered];
}

/** Does what was granted hold what is asked for? */
export function holds(granted: readonly string[], asked: Scope): boolean {
  return (
    granted.includes(asked) ||
    granted.includes(asked.split(":")[0] ?? asked) ||
    (granted.includes("follow") && following.includes(asked))
  );
}

const ofAdministrators = /^admin:(read|write)(:[a-z_]+)?$/;

function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}
