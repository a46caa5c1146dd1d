import type { MediaId } from "#domain/media/media.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { RemoteActor, RemoteServer } from "../remote-server.ts";
import type { Square } from "./square.ts";

/** What the table of routes is made with: one authority in use, another beside it, and a server elsewhere. */
export type World = {
  a: Square;
  b: Square;
  remote: RemoteServer;
  actor: RemoteActor;
  /** The actor as authority A knows it. */
  stranger: AccountId;
  /** Ours: public with a reply from elsewhere, and one for followers alone. */
  question: PostId;
  answer: PostId;
  quiet: PostId;
  picture: MediaId;
  colleague: PersonId;
  /** A number that no call gave before. */
  next(): number;
};

/**
 * nobody: no cookie. elsewhere: at the other authority's host, where this one administers and speaks for every account,
 * with ids of this authority. without: a colleague with neither role nor grant. granted: has both.
 */
export type Who = "nobody" | "elsewhere" | "without" | "granted";

export type Row = {
  /** As Hono names it: method and pattern. */
  route: string;
  path(w: World, who: Who): string | Promise<string>;
  /** In the order nobody, elsewhere, without, granted. */
  expect: readonly [nobody: number, elsewhere: number, without: number, granted: number];
  form?(w: World, who: Who): Record<string, string | string[]> | FormData;
  headers?: Record<string, string>;
  /** Sent as ActivityPub does, and signed by a server elsewhere in the granted case. */
  activity?(w: World): object;
  /** For whom a POST changes nothing although it is well received: its answer is a page, or the way elsewhere. */
  idle?: readonly Who[];
  /** Well received, it changes nothing but when something is tried again. */
  retries?: true;
};

export const everyone: readonly Who[] = ["nobody", "elsewhere", "without", "granted"];

const post = "/deck/posts/:id{[1-9][0-9]{17,18}}";

/** An address that is the same for everybody who may come here. */
export function page(
  route: string,
  path: string | Row["path"],
  expect: Row["expect"],
  more: Partial<Row> = {},
): Row {
  return { route: `GET ${route}`, path: typeof path === "string" ? () => path : path, expect, ...more };
}

export function act(
  route: string,
  path: Row["path"],
  expect: Row["expect"],
  form?: Row["form"],
  more: Partial<Row> = {},
): Row {
  return { route: `POST ${route}`, path, expect, ...(form ? { form } : {}), ...more };
}

/** A route about one post of the deck. */
export const onPost = (rest: string) => `${post}${rest}`;

/** The account that one would act for: the other authority's own people name their own. */
export const own = (w: World, who: Who) => ({ account: who === "elsewhere" ? w.b.office.id : w.a.office.id });
export const ours = (w: World) => ({ account: w.a.office.id });
