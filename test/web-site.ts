import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { webRoutes } from "#adapters/web/routes.ts";
import { errorPage } from "#ui/error-page.ts";
import { createAccount } from "#domain/accounts/create-account.ts";
import { findAccount, type Account, type AccountId } from "#domain/accounts/account.ts";
import { saveRemoteAccount } from "#domain/accounts/save-remote-account.ts";
import { findAuthority, type Authority, type AuthorityId } from "#domain/authorities/authority.ts";
import type { Entry } from "#domain/journal/entry.ts";
import type { JournalListener } from "#domain/journal/follow-journal.ts";
import { installRules } from "#domain/moderation/rules.ts";
import type { PostId, Visibility } from "#domain/posts/post.ts";
import { publishPost, type NewPost } from "#domain/posts/publish-post.ts";
import { receivePost } from "#domain/posts/receive-post.ts";
import { indexPosts } from "#domain/search/index-posts.ts";
import type { Database } from "#platform/database.ts";
import type { Language } from "#platform/i18n.ts";
import { silentLog } from "#platform/log.ts";
import { createMetrics } from "#platform/metrics.ts";
import { readConfig } from "#config.ts";
import { hosted, routedPath, sameOrigin, secured } from "../src/frame.ts";
import { exampleIncoming } from "./example.ts";
import { remoteAccount } from "./remote-account.ts";

export const now = Temporal.Instant.from("2026-11-22T10:00:00Z");

/** The journal's follower, told by hand. */
export type HandJournal = Services["journal"] & { tell(entries: Partial<Entry>[]): void };

export function webServices(
  db: Database,
  more: Partial<Pick<Services, "config" | "clock" | "mediaStore" | "assets">> = {},
): Services & { journal: HandJournal } {
  const listeners = new Set<JournalListener>();
  const unused = () => Promise.reject(new Error("not for pages"));
  return {
    config: readConfig({ TORG_URL: "http://torg.test" }),
    db,
    clock: () => now,
    log: silentLog,
    fetch: unused,
    assets: { href: (name) => `/assets/${name}`, read: () => Promise.resolve(undefined) },
    mediaStore: { write: unused, read: () => Promise.resolve(undefined), remove: unused },
    mail: undefined,
    announce: () => {},
    stopping: new AbortController().signal,
    metrics: createMetrics(),
    random: () => 0.5,
    lookUpAccount: () => Promise.resolve(undefined),
    lookUpUrl: () => Promise.resolve(undefined),
    ...more,
    journal: {
      position: () => "0",
      onEntries(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      told: () => Promise.resolve(),
      lead: () => {},
      hear: () => {},
      stop: () => Promise.resolve(),
      tell: (entries) => {
        for (const listener of listeners) void listener(entries as Entry[]);
      },
    },
  };
}

/** The public pages in the frame that they stand in, without the other adapters. */
export function webApp(services: Services): Hono<Env> {
  const app = new Hono<Env>({ getPath: routedPath });
  app.use(secured, async (c, next) => {
    c.set("log", services.log);
    c.set("requestId", "test");
    c.set("address", "192.0.2.1");
    await next();
  });
  app.use(hosted(services), sameOrigin);
  app.route("/", webRoutes(services));
  app.notFound((c) => errorPage(services, c, 404));
  app.onError((error) => {
    throw error;
  });
  return app;
}

export async function addAuthority(
  db: Database,
  host: string,
  more: { name?: string; languages?: Language[]; handleDomain?: string } = {},
): Promise<Authority> {
  const [row] = await db.system(
    (tx) => tx<{ id: AuthorityId }[]>`
    insert into authority (name, municipality, languages, domain, handle_domain, email)
    values (${more.name ?? "Exempelkommun"}, '0000', ${more.languages ?? ["sv", "en"]}, ${host}, ${more.handleDomain ?? host}, 'post@exempel.test')
    returning id`,
  );
  const authority = row && (await db.system((tx) => findAuthority(tx, row.id)));
  if (!authority) throw new Error("no authority");
  await db.as(authority.id, (tx) => installRules(tx, authority.id));
  return authority;
}

export async function addVoice(
  db: Database,
  authority: Authority,
  handle: string,
  more: { name: string; kind?: "authority" | "office"; role?: string; answers?: string },
): Promise<Account> {
  return db.as(authority.id, async (tx) => {
    const keys = { publicKeyPem: "public", privateKeyPem: "private" };
    const made = await createAccount(tx, authority, { kind: "office", ...more, handle }, keys, undefined);
    if (made.outcome !== "created") throw new Error(made.outcome);
    const account = await findAccount(tx, authority.id, made.id);
    if (!account) throw new Error("no account");
    return account;
  });
}

/** Publishes, and indexes as the sequencer would. */
export async function say(
  db: Database,
  authority: Authority,
  account: Account,
  source: string,
  more: Partial<NewPost> & { at?: Temporal.Instant } = {},
): Promise<PostId> {
  return db.as(authority.id, async (tx) => {
    const { at = now, ...post } = more;
    const published = await publishPost(
      tx,
      authority,
      {
        kind: "note",
        sourceType: "plain",
        source,
        language: "sv",
        attachments: [],
        account: account.id,
        person: null,
        visibility: "public",
        capacity: account.kind === "office" ? "office" : "authority",
        ...post,
      },
      at,
    );
    if (published.outcome !== "published") throw new Error(published.outcome);
    await indexPosts(tx, authority.id, [published.id]);
    return published.id;
  });
}

export async function addStranger(
  db: Database,
  authority: Authority,
  name: string,
  more: { indexable?: boolean } = {},
): Promise<AccountId> {
  const handle = name.toLowerCase();
  const url = `https://grannen.test/@${handle}`;
  const stranger = remoteAccount({ handle, domain: "grannen.test", name, url, ...more });
  return db.as(authority.id, (tx) => saveRemoteAccount(tx, authority.id, stranger));
}

let heard = 0;

/** A post from elsewhere, mostly an answer to one of ours. */
export async function hear(
  db: Database,
  authority: Authority,
  author: AccountId,
  text: string,
  more: {
    inReplyTo?: PostId;
    visibility?: Visibility;
    mentioned?: AccountId[];
    at?: Temporal.Instant;
    parentUri?: string;
  } = {},
): Promise<PostId> {
  const uri = `https://grannen.test/posts/${++heard}`;
  return db.as(authority.id, async (tx) => {
    const parent = more.inReplyTo ? { uri: "https://torg.test/parent", own: more.inReplyTo } : null;
    const received = await receivePost(
      tx,
      authority.id,
      exampleIncoming({
        uri,
        author,
        source: text,
        visibility: more.visibility ?? "public",
        inReplyTo: parent ?? (more.parentUri ? { uri: more.parentUri } : null),
        publishedAt: more.at ?? now,
        mentioned: more.mentioned ?? [],
      }),
      "always",
    );
    if (received.outcome !== "received") throw new Error(received.outcome);
    return received.id;
  });
}
