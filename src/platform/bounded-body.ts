import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

export class BodyTooLarge extends Error {}

/** Reads a body whole, decompressed, never holding more than `maxBytes` of it (a zip bomb stops there). */
export async function readBoundedBody(
  body: Readable,
  encoding: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of limited(source, maxBytes)) chunks.push(chunk);
  };
  const decoder = decoderFor(encoding);
  if (!decoder) await endedBy(signal, body, () => collect(body));
  // What arrives is bounded too: empty gzip members could be sent forever without giving a byte.
  else await pipeline(body, (raw) => limited(raw, maxBytes + 1024), decoder, collect, { signal });
  return Buffer.concat(chunks);
}

/** As a pipeline of one would, without what a pipeline costs. */
async function endedBy(signal: AbortSignal, body: Readable, read: () => Promise<void>): Promise<void> {
  const end = () => void body.destroy(signal.reason as Error);
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  try {
    await read();
  } finally {
    signal.removeEventListener("abort", end);
  }
}

async function* limited(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyTooLarge(`more than ${maxBytes} bytes`);
    yield chunk;
  }
}

function decoderFor(encoding: string) {
  switch (encoding.trim().toLowerCase()) {
    case "":
    case "identity":
      return undefined;
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "br":
      return createBrotliDecompress();
    case "deflate":
      return createInflate();
    default:
      throw new Error(`content-encoding ${encoding} was not asked for`);
  }
}
