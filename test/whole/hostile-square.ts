import type { PostId } from "#domain/posts/post.ts";
import { startRemoteServer, type RemoteActor, type RemoteServer } from "../remote-server.ts";
import { fingerprint } from "./fingerprint.ts";
import { openSquare, type Square } from "./square.ts";
import { startWholeTorg, type LogLine, type WholeTorg } from "./torg.ts";

/** A whole Torg with one authority, and a server elsewhere that is up to no good. */
export type HostileSquare = {
  torg: WholeTorg;
  square: Square;
  remote: RemoteServer;
  alice: RemoteActor;
  question: PostId;
  /** Address of the shared inbox. */
  inbox: string;
  /** A reply to the question that would be welcome, changed as a test wants. */
  reply: (change?: object) => { id: string; object: { id: string } } & Record<string, unknown>;
  /** All rows of the authority, by count and last write. */
  mark: () => Promise<Record<string, string>>;
  /** Lines logged since the last call. */
  newLines: () => LogLine[];
};

export async function hostileSquare(scope: {
  after(cleanup: () => Promise<void>): void;
}): Promise<HostileSquare> {
  const torg = await startWholeTorg(scope);
  const remote = await startRemoteServer();
  scope.after(() => remote.stop());
  const square = await openSquare(torg, torg.hosts[1], "kommunchef");
  const alice = await remote.actor("alice");
  const question = await square.say("När öppnar simhallen?");
  const { domain, id } = square.authority;
  const inReplyTo = `http://${domain}/ap/posts/${question}`;
  const to = ["https://www.w3.org/ns/activitystreams#Public"];
  let serial = 0;
  let read = 0;
  await torg.settled();
  return {
    torg,
    square,
    remote,
    alice,
    question,
    inbox: `http://${domain}/ap/inbox`,
    reply(change = {}) {
      const uri = `${remote.origin}/notes/${++serial}`;
      const object = {
        id: uri,
        type: "Note",
        attributedTo: alice.uri,
        to,
        inReplyTo,
        content: `<p>Svar ${serial}</p>`,
        ...change,
      };
      return { id: `${uri}/create`, type: "Create", actor: alice.uri, to, object };
    },
    mark: () => fingerprint(torg.db, id),
    newLines() {
      const lines = torg.lines().slice(read);
      read += lines.length;
      return lines;
    },
  };
}
