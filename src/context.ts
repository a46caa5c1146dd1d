import type { IncomingMessage, ServerResponse } from "node:http";
import type { Account, AccountId } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { JournalFollower } from "#domain/journal/follow-journal.ts";
import type { MediaStore } from "#domain/media/media-store.ts";
import type { Person } from "#domain/people/person.ts";
import type { SessionId } from "#domain/people/session.ts";
import type { Post } from "#domain/posts/post.ts";
import type { Announce } from "#platform/announce.ts";
import type { Assets } from "#platform/assets.ts";
import type { Clock } from "#platform/clock.ts";
import type { Database } from "#platform/database.ts";
import type { Language } from "#platform/i18n.ts";
import type { Log } from "#platform/log.ts";
import type { SendMail } from "#platform/mail.ts";
import type { Metrics } from "#platform/metrics.ts";
import type { SafeFetch } from "#platform/safe-fetch.ts";
import type { Config } from "#config.ts";
import type { Readiness } from "./ready-answers.ts";

/** What app.ts hands to every adapter: the only way to the world outside. */
export type Services = {
  config: Config;
  db: Database;
  clock: Clock;
  log: Log;
  fetch: SafeFetch;
  assets: Assets;
  mediaStore: MediaStore;
  /** Undefined when no mail server is set: links are announced instead. */
  mail: SendMail | undefined;
  announce: Announce;
  metrics: Metrics;
  /** Entries as they are numbered. */
  journal: JournalFollower;
  /** Heard when the process is to stop: live lines end. */
  stopping: AbortSignal;
  /** 0 ≤ n < 1, for scatter. */
  random: () => number;
  /**
   * Finds an account by its handle on the network it lives on, and keeps it; federation/ provides it.
   * Undefined when there is none, or its server does not answer.
   */
  lookUpAccount(authority: Authority, handle: string): Promise<Account | undefined>;
  /**
   * Finds what stands at an address elsewhere, and keeps it; federation/ provides it, too. Undefined when that is
   * neither an account nor a post, or its server does not answer. Whether the post may be shown is still to be asked.
   */
  lookUpUrl(authority: Authority, url: string): Promise<{ account: Account } | { post: Post } | undefined>;
};

/** One authority as the request reached it. */
export type Site = {
  authority: Authority;
  /** Scheme and host of every link and id, as in https://torg.example.se. */
  origin: string;
};

/** Who has signed in, and what they may speak for. */
export type SignedIn = Person & { session: SessionId; accounts: Account[] };

/** What the frame around every route has found out about a request. */
export type Env = {
  Bindings: { incoming?: IncomingMessage; outgoing?: ServerResponse };
  Variables: {
    site: Site;
    language: Language;
    requestId: string;
    log: Log;
    /** The other end, as the nearest trusted proxy names it. */
    address: string;
    /** Set by routes whose answer may be given again while nothing changes. */
    ready?: Readiness;
    /** Set on deck routes only. */
    person: SignedIn;
  };
};

/** Ids and pages of our own things. The wire and the web agree on them, so they are made in one place. */
export function siteOf(config: Config, authority: Authority): Site {
  return { authority, origin: `${config.url.protocol}//${authority.domain}` };
}

export function accountUri(site: Site, id: AccountId | string): string {
  return `${site.origin}/ap/accounts/${id}`;
}

export function postUri(site: Site, id: string): string {
  return `${site.origin}/ap/posts/${id}`;
}

/** Our page of an account. */
export function accountUrl({ origin }: Pick<Site, "origin">, handle: string): string {
  return `${origin}/@${handle}`;
}

/** Our page of a post of ours, by its author's handle. */
export function postUrl({ origin }: Pick<Site, "origin">, handle: string, id: string): string {
  return `${origin}/@${handle}/${id}`;
}

export function tagPath(name: string): string {
  return `/tags/${encodeURIComponent(name.toLowerCase())}`;
}

/** Our page of a tag. */
export function tagUrl({ origin }: Pick<Site, "origin">, name: string): string {
  return origin + tagPath(name);
}

export type PictureSize = "full" | "small";

export function picturePath(id: string, size: PictureSize = "full"): string {
  return `/media/${id}/${size}.webp`;
}

/** A picture that is kept here. */
export function pictureUrl({ origin }: Pick<Site, "origin">, id: string, size?: PictureSize): string {
  return origin + picturePath(id, size);
}

/** A path in a language: the authority's first is at the root. */
export function pathIn(authority: Authority, language: Language, path: string): string {
  return language === authority.languages[0] ? path : `/${language}${path === "/" ? "" : path}`;
}

/** @user@host as people write it. */
export function fullHandle(account: Pick<Account, "handle" | "domain">): string {
  return `@${account.handle}@${account.domain}`;
}
