import type { RemoteActor, RemoteServer } from "../remote-server.ts";

export type Reply = { uri: string; activity: object; as: RemoteActor };
export type ReplyStream = {
  /** Replies that were answered 202, by uri. */
  accepted: Set<string>;
  /** All that were ever sent. */
  sent: Set<string>;
  /** Resolves with the next 202s that come, so many as are asked for. */
  nextAccepted(count: number): Promise<void>;
  /** Makes no new ones, and sends those that were not answered until they are. */
  finish(): Promise<void>;
};

/**
 * Senders that go on sending, each waiting for its answer. As a real server does, one sends again what was not
 * answered 202, and nothing else: what was answered is Torg's to keep.
 */
export function streamReplies(
  remote: RemoteServer,
  to: { inbox: string; post: string; actors: RemoteActor[]; pauseMs: number },
): ReplyStream {
  const accepted = new Set<string>();
  const sent = new Set<string>();
  const waiting: { left: number; resolve: () => void }[] = [];
  const begun: Promise<void>[] = [];
  let finishing = false;
  let serial = 0;

  const make = (as: RemoteActor): Reply => {
    const uri = `${remote.origin}/notes/${++serial}`;
    const audience = { to: ["https://www.w3.org/ns/activitystreams#Public"] };
    const object = {
      id: uri,
      type: "Note",
      attributedTo: as.uri,
      inReplyTo: to.post,
      content: `<p>Svar ${serial}</p>`,
      ...audience,
    };
    return { uri, as, activity: { id: `${uri}#create`, type: "Create", actor: as.uri, object, ...audience } };
  };
  const deliver = async (reply: Reply): Promise<boolean> => {
    sent.add(reply.uri);
    try {
      const answer = await remote.post(to.inbox, reply.activity, { as: reply.as });
      await answer.body?.cancel();
      if (answer.status !== 202) return false;
    } catch {
      // Nobody there, or gone in the middle of it.
      return false;
    }
    accepted.add(reply.uri);
    for (const one of waiting) if (--one.left <= 0) one.resolve();
    return true;
  };
  const sender = async (as: RemoteActor) => {
    for (;;) {
      if (finishing) return;
      const reply = make(as);
      while (!(await deliver(reply))) await pause(50);
      await pause(to.pauseMs);
    }
  };
  for (const as of to.actors) begun.push(sender(as));
  return {
    accepted,
    sent,
    nextAccepted(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ left: count, resolve });
      return promise;
    },
    async finish() {
      finishing = true;
      await Promise.all(begun);
    },
  };
}

/** Between two of one sender: a crowd, not a benchmark. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
