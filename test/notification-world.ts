import { append, type NewEntry } from "#domain/journal/append.ts";
import { entriesAfter } from "#domain/journal/entry.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import { accountNotifications } from "#domain/notifications/account-notifications.ts";
import { notificationsOf, type Notification } from "#domain/notifications/notification.ts";
import { notificationSubscription } from "#domain/notifications/subscription.ts";
import { addPerson, type PersonId } from "#domain/people/person.ts";
import type { PostId, Visibility } from "#domain/posts/post.ts";
import { publishPost, type NewPost } from "#domain/posts/publish-post.ts";
import { receiveReaction } from "#domain/posts/receive-reaction.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import { receiveFollow, type FollowId } from "#domain/relationships/follows.ts";
import type { Database } from "#platform/database.ts";
import { exampleAuthority, exampleIncoming, exampleRemote, type Example } from "./example.ts";

const now = Temporal.Now.instant();
let serial = 0;

/** An authority of its own with a thread, somebody elsewhere, and hands that make what people are told of. */
export type NotificationWorld = Example & {
  asa: AccountId;
  thread: PostId;
  /** Hands every entry of the journal over again, as a subscription may get it after a fall. */
  digest(): Promise<void>;
  /** What an account is told; the office unless another is named. */
  page(more?: object, account?: AccountId): Promise<Notification[]>;
  kinds(account?: AccountId): Promise<string[]>;
  heardBy(person: PersonId, accounts?: AccountId[]): Promise<Notification[]>;
  /** The kinds of what is for the person alone. */
  ownKinds(person: PersonId): Promise<string[]>;
  /** What a room above writes, as its journal entry. */
  note(entry: Omit<NewEntry, "authority" | "direction">): Promise<void>;
  /** Gives the thread to a person or an office. */
  assign(person: PersonId | null, account?: AccountId): Promise<void>;
  /** An id of something of a room above. */
  careId(): string;
  colleague(name: string): Promise<PersonId>;
  say(source: string, more?: Partial<NewPost>): Promise<PostId>;
  hear(text: string, mentioned: AccountId[], inReplyTo?: PostId, visibility?: Visibility): Promise<PostId>;
  receive(reaction: "boost" | "favourite", post: PostId): Promise<void>;
  follow(locked?: boolean): Promise<FollowId>;
};

export async function openNotificationWorld(db: Database): Promise<NotificationWorld> {
  const example = await exampleAuthority(db);
  const { authority, voice, office, person } = example;
  const { id } = authority;
  const asa = await exampleRemote(db, authority, "asa", "social.test");
  const say = async (source: string, more: Partial<NewPost> = {}) => {
    const post: NewPost = { ...note, source, account: office.id, person, ...more };
    const published = await db.as(id, (tx) => publishPost(tx, authority, post, now));
    if (published.outcome !== "published") throw new Error(published.outcome);
    return published.id;
  };
  const page = async (more: object = {}, account = office.id) => [
    ...(await db.read(id, (tx) => accountNotifications(tx, id, account, { limit: 50, ...more }))),
  ];
  const heardBy = async (who: PersonId, accounts = [voice.id, office.id]) => [
    ...(await db.read(id, (tx) => notificationsOf(tx, id, { person: who, accounts }, { limit: 50 }))),
  ];
  const thread = await say("Tråd");
  const write = async (entry: Omit<NewEntry, "authority" | "direction">) => {
    const facts = { authority: id, direction: "within", person, post: thread, facts: { thread } } as const;
    await db.as(id, (tx) => append(tx, { ...facts, ...entry }));
  };
  return {
    ...example,
    asa,
    thread,
    say,
    page,
    heardBy,
    digest: () =>
      db.as(id, async (tx) => {
        await tx`update journal set number = id where number is null`;
        const subscription = notificationSubscription({ letters: true });
        const entries = await entriesAfter(tx, "0", 500);
        const wanted = entries.filter((entry) => subscription.kinds.includes(entry.kind));
        await subscription.handle(tx, id, wanted);
      }),
    kinds: async (account) => (await page({}, account)).map((one) => one.kind),
    ownKinds: async (who) => (await heardBy(who, [])).map((one) => one.kind),
    note: write,
    assign: (to, account) =>
      write({
        kind: "care-assigned",
        subject: [String(100_000_000_000_000_000n), ...(to ? [to] : [])],
        facts: { thread, after: { person: to, account: account ?? null } },
      }),
    careId: () => String(100_000_000_000_000_000n + BigInt(++serial)),
    async colleague(name) {
      const colleague = { name, email: `${name}@example.se`, roles: [], language: "sv" as const };
      const added = await db.as(id, (tx) => addPerson(tx, id, colleague, undefined));
      if (added.outcome !== "added") throw new Error(added.outcome);
      return added.id;
    },
    async hear(text, mentioned, inReplyTo, visibility = "public") {
      const uri = `https://social.test/posts/${++serial}`;
      const parent = inReplyTo ? { uri: "https://exempel.test/parent", own: inReplyTo } : null;
      const said = { uri, author: asa, source: text, visibility, inReplyTo: parent, mentioned };
      const received = await db.as(id, (tx) => receivePost(tx, id, exampleIncoming(said)));
      if (received.outcome !== "received") throw new Error(received.outcome);
      return received.id;
    },
    async receive(reaction, post) {
      const uri = `https://social.test/reactions/${++serial}`;
      const incoming = { reaction, network: "fediverse", uri, account: asa, post, entry: null };
      await db.as(id, (tx) => receiveReaction(tx, id, incoming));
    },
    async follow(locked = false) {
      const uri = `https://social.test/follows/${++serial}`;
      const followed = { ...office, locked };
      const incoming = { network: "fediverse", uri, follower: asa, followed, entry: null };
      const received = await db.as(id, (tx) => receiveFollow(tx, id, incoming));
      if (received.outcome === "refused") throw new Error(received.outcome);
      return received.id;
    },
  };
}

const note = {
  kind: "note" as const,
  sourceType: "plain" as const,
  language: "sv",
  attachments: [],
  visibility: "public" as const,
  capacity: "office" as const,
};
