import type { Context } from "hono";
import type { Env, Services, Site } from "#context.ts";
import type { TokenId } from "#domain/accounts/access-token.ts";
import type { Account } from "#domain/accounts/account.ts";
import type { Person } from "#domain/people/person.ts";
import { anyone, type Viewer } from "#domain/posts/visible-to.ts";
import type { Params } from "./params.ts";
import type { Presumed } from "./presume.ts";
import type { Scope } from "./scopes.ts";

/** A person who acts through an app, for one of the accounts that they may speak for now. */
export type Caller = {
  token: TokenId;
  /** The app, if it is known. */
  app: string | null;
  scopes: readonly string[];
  person: Person;
  account: Account;
};

/** A request as an endpoint sees it. */
export type Call<Who = Caller | undefined> = {
  services: Services;
  c: Context<Env>;
  site: Site;
  /** Path, query and body as one, as the Mastodon API takes them; the path counts most, then the body. */
  params: Params;
  caller: Who;
  /** Where the caller is a guess, until reading has shown whether it holds. */
  presumed?: Presumed;
  now: Temporal.Instant;
};

/**
 * Who may ask. open: anyone, and no token is looked at. app: whoever has a valid token, and be it an app's own.
 * optional: anyone; a token that comes along must hold the scope. user: a person's token that holds the scope.
 */
export type Access =
  | { kind: "open" }
  | { kind: "app" }
  | { kind: "optional"; scope: Scope }
  /** Any of the scopes will do. */
  | { kind: "user"; scopes: readonly Scope[] };

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One thing that the API can do. The routes, the table in the documentation and the tests of access are made of these. */
export type Endpoint = {
  method: Method;
  /** With parameters as in `/api/v1/statuses/:id`, where every :id is one of ours and no other is let through. */
  path: string;
  access: Access;
  /** Its answer may be given again to whoever sends the same, while nothing changes: see ready-answers.ts. */
  ready?: true;
  /** Whether it does nothing but read, so that it may begin before it is known who asks: see presume.ts. */
  onlyReads?: (params: Params) => boolean;
  answer: (call: Call) => Promise<Response> | Response;
};

type Answer<Who> = (call: Call<Who>) => Promise<Response> | Response;

export function open(method: Method, path: string, answer: Answer<undefined>): Endpoint {
  return {
    method,
    path,
    access: { kind: "open" },
    answer: (call) => answer({ ...call, caller: undefined }),
  };
}

/** For what anyone may see, and a person sees more of. */
export function optional(
  method: Method,
  path: string,
  scope: Scope,
  answer: Answer<Caller | undefined>,
): Endpoint {
  return { method, path, access: { kind: "optional", scope }, answer };
}

/** For apps, with a person behind them or without. */
export function app(method: Method, path: string, answer: Answer<Caller | undefined>): Endpoint {
  return { method, path, access: { kind: "app" }, answer };
}

export function user(
  method: Method,
  path: string,
  scope: Scope | readonly Scope[],
  answer: Answer<Caller>,
): Endpoint {
  return {
    method,
    path,
    access: { kind: "user", scopes: typeof scope === "string" ? [scope] : scope },
    answer: ({ caller, ...call }) => {
      if (!caller) throw new Error(`${method} ${path} was reached without a person`);
      return answer({ ...call, caller });
    },
  };
}

/** For what is asked again and again, and made of nothing but facts and settings whose changes are told. */
export function ready(endpoint: Endpoint): Endpoint {
  return { ...endpoint, ready: true, onlyReads: () => true };
}

/** Whose eyes a call sees with: the account's that speaks, or anyone's. */
export function viewerOf({ caller }: { caller: Pick<Caller, "account"> | undefined }): Viewer {
  return caller ? { kind: "staff", accounts: [caller.account.id] } : anyone;
}
