import sharp from "sharp";
import {
  markAccountGone,
  saveRemoteAccount,
  type RemoteAccount,
} from "#domain/accounts/save-remote-account.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { MediaId } from "#domain/media/media.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { receiveReport } from "#domain/moderation/report.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { editPost } from "#domain/posts/edit-post.ts";
import type { Draft, PostId } from "#domain/posts/post.ts";
import { receiveDelete, receiveEdit } from "#domain/posts/receive-change.ts";
import { receivePost, type IncomingPost } from "#domain/posts/receive-post.ts";
import { receiveReaction } from "#domain/posts/receive-reaction.ts";
import { receiveFollow } from "#domain/relationships/follows.ts";
import type { Database } from "#platform/database.ts";
import { startClientWorld, type ClientWorld } from "./client-world.ts";
import { exampleIncoming } from "./example.ts";
import { remoteAccount } from "./remote-account.ts";

export type OddWorld = ClientWorld & {
  /** Somebody whose profile holds as little, and as strange, as may be; somebody who is gone. */
  odd: AccountId;
  gone: AccountId;
  posts: Record<
    | "plain"
    | "edited"
    | "article"
    | "warned"
    | "answered"
    | "orphan"
    | "pictures"
    | "bare"
    | "foreignArticle"
    | "editedElsewhere"
    | "removedElsewhere"
    | "confided"
    | "followersOnly"
    | "hidden",
    PostId
  >;
};

/** An authority that has seen everything a wire can bring: what clients are given of it must still be whole. */
export async function startOddWorld(
  scope: { after(cleanup: () => Promise<void> | void): void },
  db: Database,
): Promise<OddWorld> {
  const world = await startClientWorld(scope, db);
  const { authority, office, person, asa } = world;
  const id = authority.id;
  const now = () => world.services.clock();
  const remote = (handle: string, more: Partial<RemoteAccount>) =>
    db.as(id, (tx) => saveRemoteAccount(tx, id, remoteAccount({ handle, domain: "odd.test", ...more })));
  const odd = await remote("odd", {
    url: null,
    name: "",
    fields: [{ name: "", value: "https://odd.test/", verified: true }],
    avatarUrl: "https://odd.test/waits.png",
    locked: true,
    automated: true,
  });
  const gone = await remote("gone", { name: "<b>Borta</b>", headerUrl: "https://odd.test/fails.png" });
  let heard = 0;
  const incoming = (said: Partial<IncomingPost>): IncomingPost =>
    exampleIncoming({
      uri: `https://odd.test/posts/${++heard}`,
      author: odd,
      source: "Något underligt",
      mentioned: [office.id],
      ...said,
    });
  const hear = (said: IncomingPost) =>
    db.as(id, async (tx) => {
      const received = await receivePost(tx, id, said, "always");
      if (received.outcome !== "received") throw new Error(received.outcome);
      return received.id;
    });

  const plain = await world.say(office, "Vägen är öppen #väg https://exempel.test/karta");
  const edited = await world.say(office, "Vägen är stängd");
  const edit: Draft = {
    kind: "note",
    sourceType: "plain",
    source: "Vägen är öppen igen",
    language: "sv",
    attachments: [],
  };
  await db.as(id, (tx) =>
    editPost(tx, authority, { ...edit, post: edited, account: office.id, person, reason: "Fel väg" }, now()),
  );
  const article = await world.say(office, "## Varför\n\nEn lång *historia*.\n\n- ett\n- två", {
    kind: "article",
    sourceType: "markdown",
    title: "Om <vägen> & ån",
  });
  const warned = await world.say(office, "Innehåll", { warning: "Varning & fara", visibility: "unlisted" });
  const answered = await world.say(office, "Det här tas bort");
  const orphan = await hear(incoming({ inReplyTo: { uri: "https://exempel.test/gone", own: answered } }));
  await db.as(id, (tx) => deletePost(tx, id, { id: answered, account: office.id, person }, now()));

  const pictures = await hear(
    incoming({
      pictures: ["waits", "fails", "ready"].map((name) => ({
        url: `https://odd.test/${name}.png`,
        alt: name === "ready" ? "En å" : "",
      })),
    }),
  );
  await settlePictures(world, db);
  const bare = await hear(incoming({ source: "", blocks: [], language: null, url: null, mentioned: [] }));
  const foreignArticle = await hear(
    incoming({
      kind: "article",
      title: "Rubrik",
      warning: "",
      language: "zh-Hant",
      publishedAt: Temporal.Instant.from("1970-01-01T00:00Z"),
    }),
  );
  const change = incoming({ source: "Först" });
  const editedElsewhere = await hear(change);
  await db.as(id, (tx) =>
    receiveEdit(tx, id, { ...change, source: "Sedan", editedAt: now(), warning: "Ny varning" }),
  );
  const removed = incoming({});
  const removedElsewhere = await hear(removed);
  await db.as(id, (tx) =>
    receiveDelete(
      tx,
      id,
      {
        network: "fediverse",
        uri: removed.uri,
        author: odd,
        authorUri: "https://odd.test/users/odd",
        entry: null,
      },
      now(),
    ),
  );
  const confided = await hear(incoming({ visibility: "direct", source: "I förtroende" }));
  await world.say(office, "Tack, vi svarar", { visibility: "direct", inReplyTo: confided });
  const followersOnly = await hear(incoming({ visibility: "followers" }));
  const hidden = await hear(incoming({ source: "Hot" }));
  await db.as(id, async (tx) => {
    await receiveReport(tx, id, {
      post: hidden,
      account: odd,
      reporter: asa,
      contact: null,
      words: "",
      uri: null,
    });
    const decision = { action: "hide", post: hidden, rule: 1, reason: "Hot", person } as const;
    const decided = await decideOnPost(tx, id, decision, now());
    if (decided.outcome !== "decided") throw new Error(decided.outcome);
  });
  await db.as(id, async (tx) => {
    for (const reaction of ["favourite", "boost"] as const)
      for (const post of [plain, edited, article])
        await receiveReaction(tx, id, {
          reaction,
          network: "fediverse",
          uri: `https://odd.test/${reaction}/${post}`,
          account: odd,
          post,
          entry: null,
        });
    await tx`update account set locked = true where authority = ${id} and id = ${office.id}`;
    await receiveFollow(tx, id, {
      follower: odd,
      followed: { ...office, locked: true },
      network: "fediverse",
      uri: "https://odd.test/follow/1",
      entry: null,
    });
    await tx`insert into follow (authority, follower, followed, state) values
      (${id}, ${office.id}, ${odd}, 'pending'), (${id}, ${office.id}, ${asa}, 'accepted'), (${id}, ${asa}, ${office.id}, 'accepted')`;
    await markAccountGone(tx, id, gone);
  });
  return {
    ...world,
    odd,
    gone,
    posts: {
      plain,
      edited,
      article,
      warned,
      answered,
      orphan,
      pictures,
      bare,
      foreignArticle,
      editedElsewhere,
      removedElsewhere,
      confided,
      followersOnly,
      hidden,
    },
  };
}

/** One picture is here, one could not be had, and one is still on its way. */
async function settlePictures({ authority, services }: ClientWorld, db: Database): Promise<void> {
  const bytes = await sharp({ create: { width: 600, height: 300, channels: 3, background: "#357" } })
    .webp()
    .toBuffer();
  await db.as(authority.id, async (tx) => {
    await tx`update media set state = 'failed', error = 'answered 404'
      where authority = ${authority.id} and source_url = 'https://odd.test/fails.png'`;
    const [row] = await tx<{ id: MediaId }[]>`
      update media set state = 'ready', type = 'image/webp', width = 600, height = 300, bytes = ${bytes.length}
      where authority = ${authority.id} and source_url = 'https://odd.test/ready.png' returning id`;
    if (!row) throw new Error("no picture waits");
    await services.mediaStore.write(authority.id, row.id, "full", bytes);
  });
}
