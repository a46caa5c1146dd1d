import type { Site } from "#context.ts";
import type { Account, AccountId } from "#domain/accounts/account.ts";
import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { MediaId } from "#domain/media/media.ts";
import type { Post, PostId } from "#domain/posts/post.ts";
import type { NoteParts } from "#adapters/federation/documents/note.ts";

/** For tests: an invented authority with an office, someone elsewhere, and a post. */
export const site: Site = {
  origin: "https://torg.example.se",
  authority: {
    id: "111111111111111111" as AuthorityId,
    name: "Exempelkommun",
    municipality: "0000",
    languages: ["sv", "en"],
    zone: "Europe/Stockholm",
    domain: "torg.example.se",
    handleDomain: "example.se",
    accent: "#0b5c5f",
    logo: null,
    email: null,
  },
};

export function account(changes: Partial<Account> = {}): Account {
  return {
    id: "222222222222222222" as AccountId,
    network: "torg",
    kind: "office",
    handle: "kommunchef",
    domain: "example.se",
    uri: null,
    url: null,
    name: "Kommunchefen",
    biography: [{ kind: "paragraph", inlines: [{ kind: "text", text: "Leder <förvaltningen>" }] }],
    biographySource: "",
    role: null,
    answers: null,
    fields: [],
    avatar: null,
    header: null,
    inbox: null,
    sharedInbox: null,
    outbox: null,
    followers: null,
    publicKeyId: null,
    publicKey: "PEM",
    locked: false,
    indexable: true,
    automated: false,
    approval: false,
    createdAt: Temporal.Instant.from("2026-01-02T03:04:05.678Z"),
    goneAt: null,
    ...changes,
  };
}

export const authorityAccount = account({
  id: "333333333333333333" as AccountId,
  kind: "authority",
  handle: "kommun",
  name: "Exempelkommun",
});

export const alice = account({
  id: "444444444444444444" as AccountId,
  network: "fediverse",
  kind: "remote",
  handle: "alice",
  domain: "a.test:8102",
  uri: "https://a.test:8102/alice",
  inbox: "https://a.test:8102/alice/inbox",
});

export function post(changes: Partial<Post> = {}): Post {
  return {
    id: "555555555555555555" as PostId,
    account: account().id,
    network: "torg",
    uri: null,
    url: null,
    kind: "note",
    visibility: "public",
    capacity: "office",
    version: 1,
    thread: "555555555555555555" as PostId,
    inReplyTo: null,
    inReplyToUri: null,
    parentState: null,
    publishedAt: Temporal.Instant.from("2026-11-22T08:00:00.123456Z"),
    editedAt: null,
    deletedAt: null,
    hiddenAt: null,
    person: null,
    sourceType: "plain",
    source: "Hej",
    title: null,
    warning: null,
    language: "sv",
    blocks: [{ kind: "paragraph", inlines: [{ kind: "text", text: "Hej" }] }],
    attachments: [],
    reason: null,
    ...changes,
  };
}

export function parts(changes: Partial<Post> = {}, rest: Partial<NoteParts> = {}): NoteParts {
  return {
    post: post(changes),
    author: account(),
    mentioned: [],
    parentUri: null,
    media: new Map(),
    ...rest,
  };
}

export const picture = "666666666666666666" as MediaId;
