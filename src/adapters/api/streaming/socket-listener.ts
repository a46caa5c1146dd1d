import type { Socket } from "#platform/web-sockets.ts";
import { mostWaiting } from "./event-stream.ts";
import type { Listener } from "./listener.ts";

/** We are going away (RFC 6455, 7.4.1). */
const goingAway = 1001;

/** A connection over a WebSocket. */
export function listenOver(
  socket: Socket,
  who: Pick<Listener, "site" | "caller" | "address">,
  onClose: (listener: Listener) => void,
): Listener {
  let isOpen = true;
  const end = (how: () => void) => {
    if (!isOpen) return;
    isOpen = false;
    how();
    onClose(listener);
  };
  const listener: Listener = {
    ...who,
    streams: new Map(),
    send(message) {
      if (!isOpen) return;
      socket.send(message.asText());
      // What is buffered is dropped with it: an end in good order would first wait for the slow reader.
      if (socket.waiting() > mostWaiting) end(() => socket.cut());
    },
    // Pings are the platform's.
    beat: () => {},
    close: () => end(() => socket.close(goingAway)),
  };
  return listener;
}
