/** The body of an answer of server-sent events (HTML Standard, 9.2), and how it is written. */
export type EventBody = {
  body: ReadableStream<Uint8Array>;
  write: (bytes: Uint8Array) => void;
  close: () => void;
};

/** A reader that is too slow is dropped when more waits than these bytes. `onClose` comes once, however it ends. */
export function openEventBody(
  { mostWaiting, first }: { mostWaiting: number; first?: Uint8Array },
  onClose: () => void,
): EventBody {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const close = () => {
    const open = controller;
    controller = undefined;
    if (!open) return;
    onClose();
    // What is buffered is dropped with it: an end in good order would first wait for the slow reader.
    if ((open.desiredSize ?? 0) < 0) open.error(new Error("the reader was too slow"));
    else open.close();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        if (first) opened.enqueue(first);
      },
      cancel() {
        if (!controller) return;
        controller = undefined;
        onClose();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostWaiting }),
  );
  return {
    body,
    write(bytes) {
      if (!controller) return;
      controller.enqueue(bytes);
      if ((controller.desiredSize ?? 0) < 0) close();
    },
    close,
  };
}
