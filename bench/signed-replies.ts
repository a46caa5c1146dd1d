import { startRemoteServer } from "#test/remote-server.ts";
import type { Bench } from "./row.ts";

/** Somebody on another server who answers a post: each call sends one signed reply, and is done when it is accepted. */
export type Replier = { uri: string; reply: (words: string) => Promise<void> };

export async function startReplier(bench: Bench, origin: string, parent: string): Promise<Replier> {
  const remote = await startRemoteServer();
  bench.after(() => remote.stop());
  const actor = await remote.actor("granne");
  let said = 0;
  return {
    uri: actor.uri,
    async reply(words) {
      const note = {
        id: `${remote.origin}/notes/${++said}`,
        type: "Note",
        attributedTo: actor.uri,
        content: `<p>${words}</p>`,
        inReplyTo: parent,
        to: ["https://www.w3.org/ns/activitystreams#Public"],
        published: Temporal.Now.instant().toString(),
      };
      const create = {
        "@context": "https://www.w3.org/ns/activitystreams",
        id: `${note.id}/create`,
        type: "Create",
        actor: actor.uri,
        to: note.to,
        object: note,
      };
      const answer = await remote.post(`${origin}/ap/inbox`, create, { as: actor });
      if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
    },
  };
}
