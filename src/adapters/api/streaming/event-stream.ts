import { openEventBody, type Outgoing } from "#platform/event-body.ts";
import type { Listener } from "./listener.ts";

/** What may wait for a slow reader. Beyond it the connection is dropped: an app that comes back reads what it missed. */
export const mostWaiting = 512 * 1024;

/** A connection over server-sent events (HTML Standard, 9.2), and the body that carries it. */
export function openEventStream(
  who: Pick<Listener, "site" | "caller" | "address" | "streams">,
  onClose: (listener: Listener) => void,
  outgoing?: Outgoing,
): { listener: Listener; body: ReadableStream<Uint8Array> } {
  const { body, write, close } = openEventBody({ mostWaiting, first: hello, outgoing }, () =>
    onClose(listener),
  );
  const listener: Listener = {
    ...who,
    send: (message) => write(message.asEvent()),
    beat: () => write(thump),
    close,
  };
  return { listener, body };
}

/** Comments end with their line: some clients take the empty line after one for the end of an event that has no name. */
const hello = ":)\n";
const thump = ":thump\n";
