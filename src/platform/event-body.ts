import type { ServerResponse } from "node:http";

/** The body of an answer of server-sent events (HTML Standard, 9.2), and how it is written. */
export type EventBody = {
  body: ReadableStream<Uint8Array>;
  write: (text: string) => void;
  close: () => void;
};

export type EventBodyOptions = {
  /** A reader that is too slow is dropped when more than these bytes wait. */
  mostWaiting: number;
  first?: string;
  /** What carries the body, where that is known: once it has begun, it is written to and the stream passed by. */
  outgoing?: Outgoing | undefined;
};
export type Outgoing = Pick<
  ServerResponse,
  "setHeader" | "removeHeader" | "headersSent" | "cork" | "write" | "uncork" | "writableLength" | "destroy"
>;

/** Whoever is closed and does not take what still waits within this is cut. */
const lingerMs = 5_000;
const encoder = new TextEncoder();

/** `onClose` comes once, however it ends. */
export function openEventBody(
  { mostWaiting, first, outgoing }: EventBodyOptions,
  onClose: () => void,
): EventBody {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  /** Whoever carries the body has written all it got and asks for more, so what comes next may go beside the stream. */
  let asked = false;
  const waiting = (open: ReadableStreamDefaultController) =>
    Math.max(-(open.desiredSize ?? 0), outgoing?.writableLength ?? 0);
  // Ended by the connection's end (RFC 9112, 6.3): each event is one write then, and not three parts of one.
  outgoing?.setHeader("connection", "close");
  outgoing?.removeHeader("transfer-encoding");
  const close = () => {
    const open = controller;
    controller = undefined;
    if (!open) return;
    onClose();
    if (waiting(open) <= mostWaiting) {
      open.close();
      if (outgoing) setTimeout(() => outgoing.destroy(), lingerMs).unref();
      return;
    }
    // What is buffered is dropped with it: an end in good order would first wait for the slow reader.
    if (outgoing) outgoing.destroy();
    else open.error(new Error("the reader was too slow"));
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        if (first !== undefined) opened.enqueue(encoder.encode(first));
      },
      pull() {
        asked = true;
      },
      cancel() {
        if (!controller) return;
        controller = undefined;
        onClose();
      },
    },
    // So that it is asked only by a reader that waits, and with nothing left in it.
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  );
  return {
    body,
    write(text) {
      if (!controller) return;
      if (asked && outgoing?.headersSent) {
        // Corked by itself, it leaves at once, while the next one's is being made, and not with all others afterwards.
        outgoing.cork();
        outgoing.write(text);
        outgoing.uncork();
        if (outgoing.writableLength > mostWaiting) close();
        return;
      }
      asked = false;
      controller.enqueue(encoder.encode(text));
      if (waiting(controller) > mostWaiting) close();
    },
    close,
  };
}
