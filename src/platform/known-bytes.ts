type Bytes = Uint8Array<ArrayBuffer>;

const known = new WeakMap<Response, Bytes>();

/** An answer whose bytes lie ready: whoever keeps it need not read them back out of its stream. */
export function withBytes(answer: Response, bytes: Bytes): Response {
  known.set(answer, bytes);
  return answer;
}

/** The bytes of an answer; undefined where they can only be read, which the answer itself does not survive. */
export function bytesKnownOf(answer: Response): Bytes | undefined {
  return known.get(answer);
}
