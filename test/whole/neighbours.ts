import type { AccountId } from "#domain/accounts/account.ts";
import type { MediaId } from "#domain/media/media.ts";
import type { PostId } from "#domain/posts/post.ts";
import type { RemoteActor, RemoteServer } from "../remote-server.ts";
import { openSquare, type Square } from "./square.ts";
import type { WholeTorg } from "./torg.ts";

/** One of two authorities that have everything alike but the words: each of its texts holds its own marker. */
export type Neighbour = {
  square: Square;
  marker: string;
  question: PostId;
  article: PostId;
  reply: PostId;
  quiet: PostId;
  picture: MediaId;
  stranger: AccountId;
  /** Signed in as who administers, moderates and speaks for every account. */
  cookie: string;
};

/** Fills an authority with one of everything, and waits until all that follows has followed. */
export async function openNeighbour(
  torg: WholeTorg,
  remote: RemoteServer,
  alice: RemoteActor,
  [domain, marker]: [domain: string, marker: string],
): Promise<Neighbour> {
  const square = await openSquare(torg, domain, "kommunchef");
  const { id } = square.authority;
  await torg.db.as(id, async (tx) => {
    await tx`update authority set name = ${`${marker} kommun`}, email = ${`${marker.toLowerCase()}@example.se`} where id = ${id}`;
    await tx`update person set name = ${`Anna ${marker}`} where authority = ${id}`;
    await tx`update account set name = name || ' ' || ${marker}, role = ${marker}, answers = ${marker} where authority = ${id}`;
  });
  const picture = await square.picture();
  const attachments = [{ media: picture, alt: `Bild ${marker}` }];
  const question = await square.say(`När öppnar #simhallen i ${marker}? #${marker}`, { attachments });
  const article = await square.say(`## Om ${marker}\n\nLång text om ${marker}.`, {
    kind: "article",
    title: `Artikel ${marker}`,
    sourceType: "markdown",
  });
  const quiet = await square.say(`Bara följare ${marker}`, { visibility: "followers" });
  const inbox = `http://${domain}/ap/inbox`;
  const note = `${remote.origin}/notes/${marker}`;
  await remote.post(inbox, createOf(note, alice, `http://${domain}/ap/posts/${question}`, `Svar ${marker}`), {
    as: alice,
  });
  const follow = {
    id: `${note}/follow`,
    type: "Follow",
    actor: alice.uri,
    object: `http://${domain}/ap/accounts/${square.office.id}`,
  };
  await remote.post(inbox, follow, { as: alice });
  await torg.settled();
  const [reply] = await torg.db.as(
    id,
    (tx) =>
      tx<
        { id: PostId; account: AccountId }[]
      >`select id, account from post where authority = ${id} and uri = ${note}`,
  );
  if (!reply) throw new Error("the reply did not come");
  await square.report(reply.id, `Anmälan ${marker}`);
  const cookie = await torg.cookieOf(square.authority, square.person);
  return {
    square,
    marker,
    question,
    article,
    quiet,
    reply: reply.id,
    stranger: reply.account,
    picture,
    cookie,
  };
}

export function createOf(id: string, actor: RemoteActor, inReplyTo: string, text: string): object {
  const to = ["https://www.w3.org/ns/activitystreams#Public"];
  const object = { id, type: "Note", attributedTo: actor.uri, to, inReplyTo, content: `<p>${text}</p>` };
  return { id: `${id}/create`, type: "Create", actor: actor.uri, to, object };
}
