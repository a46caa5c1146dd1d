import sharp from "sharp";
import { findAccount, type Account, type AccountId } from "#domain/accounts/account.ts";
import { saveRemoteAccount } from "#domain/accounts/save-remote-account.ts";
import { storeUpload } from "#domain/media/store-picture.ts";
import type { MediaId } from "#domain/media/media.ts";
import { receiveReport, type ReportId } from "#domain/moderation/report.ts";
import { addPerson, type PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import { publishPost, type NewPost } from "#domain/posts/publish-post.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import { blocksFromPlain } from "#domain/text/from-plain.ts";
import { exampleAuthority, type Example } from "../example.ts";
import type { RemoteActor } from "../remote-server.ts";
import type { WholeTorg } from "./torg.ts";

/** An authority in use, of a whole Torg: its people, and hands that make what a test needs, one after another. */
export type Square = Example & {
  torg: WholeTorg;
  /** Somebody on another server, as this authority knows them. */
  know(actor: RemoteActor): Promise<AccountId>;
  say(text: string, more?: Partial<NewPost>): Promise<PostId>;
  hear(author: AccountId, uri: string, text: string, inReplyTo?: PostId): Promise<PostId>;
  picture(): Promise<MediaId>;
  report(post: PostId, words: string): Promise<ReportId>;
  /** A colleague without roles or grants. */
  colleague(): Promise<PersonId>;
};

export async function openSquare(torg: WholeTorg, domain: string, handle: string): Promise<Square> {
  const { db } = torg;
  const example = await exampleAuthority(db, { domain, handle });
  const { authority } = example;
  const { id } = authority;
  const now = () => Temporal.Now.instant();
  let colleagues = 0;
  return {
    ...example,
    torg,
    know: (actor) =>
      db.as(id, (tx) =>
        saveRemoteAccount(tx, id, {
          network: "fediverse",
          uri: actor.uri,
          url: actor.uri,
          handle: actor.name,
          domain: new URL(actor.uri).host,
          name: actor.name,
          biography: [],
          fields: [],
          avatarUrl: null,
          headerUrl: null,
          inbox: actor.inbox,
          sharedInbox: new URL("/inbox", actor.uri).href,
          outbox: null,
          followers: `${actor.uri}/followers`,
          publicKeyId: actor.keyId,
          publicKey: actor.publicKeyPem,
          locked: false,
          indexable: false,
          automated: false,
        }),
      ),
    say: (source, more = {}) =>
      db.as(id, async (tx) => {
        const post: NewPost = {
          kind: "note",
          sourceType: "plain",
          source,
          language: "sv",
          attachments: [],
          account: example.office.id,
          person: example.person,
          visibility: "public",
          capacity: "office",
          ...more,
        };
        const published = await publishPost(tx, authority, post, now());
        if (published.outcome !== "published") throw new Error(published.outcome);
        return published.id;
      }),
    hear: (author, uri, text, inReplyTo) =>
      db.as(id, async (tx) => {
        const parent = inReplyTo ? { uri: `http://${domain}/ap/posts/${inReplyTo}`, own: inReplyTo } : null;
        const said = {
          source: text,
          blocks: blocksFromPlain(text),
          title: null,
          warning: null,
          language: "sv",
          pictures: [],
        };
        const when = { publishedAt: now(), editedAt: null, entry: null };
        const where = {
          network: "fediverse",
          uri,
          url: uri,
          author,
          inReplyTo: parent,
          mentioned: [example.office.id],
        };
        const received = await receivePost(
          tx,
          id,
          { kind: "note", visibility: "public", ...said, ...when, ...where },
          "always",
        );
        if (received.outcome !== "received") throw new Error(received.outcome);
        return received.id;
      }),
    async picture() {
      const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#0b5c5f" } })
        .png()
        .toBuffer();
      const { mediaStore } = torg.torg.services;
      const stored = await storeUpload(db, mediaStore, id, { bytes, person: example.person });
      if (stored.outcome !== "stored") throw new Error(stored.outcome);
      return stored.id;
    },
    report: (post, words) =>
      db.as(id, async (tx) => {
        const report = {
          post,
          account: null,
          reporter: null,
          contact: "boende@example.se",
          words,
          uri: null,
        };
        const made = await receiveReport(tx, id, report);
        if (!made) throw new Error("no report");
        return made;
      }),
    colleague: () =>
      db.as(id, async (tx) => {
        const email = `kollega${++colleagues}@example.se`;
        const person = { name: `Kollega ${colleagues}`, email, roles: [], language: "sv" as const };
        const added = await addPerson(tx, id, person, undefined);
        if (added.outcome !== "added") throw new Error(added.outcome);
        return added.id;
      }),
  };
}

export async function accountOf(square: Square, id: AccountId): Promise<Account> {
  const account = await square.torg.db.read(square.authority.id, (tx) =>
    findAccount(tx, square.authority.id, id),
  );
  if (!account) throw new Error("no account");
  return account;
}
