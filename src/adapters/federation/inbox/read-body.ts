import { parseBoundedJson } from "../bounded-json.ts";
import type { Json } from "./as2.ts";

export const largestBody = 1_048_576;

export type Body =
  | { ok: true; raw: Uint8Array; json: Json }
  | { ok: false; status: 400 | 413 | 415; reason: string };

/** The body of an inbox POST: never more of it in memory than is allowed, never nested beyond reason. */
export async function readBody(request: Request): Promise<Body> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (!jsonTypes.has(type) || encoding !== "identity") return { ok: false, status: 415, reason: "not-json" };
  const announced = request.headers.get("content-length");
  if (Number(announced ?? 0) > largestBody) return tooLarge;
  // The server takes no more than was announced; what says nothing of its size is counted as it comes.
  const counted = announced === null || request.headers.has("transfer-encoding");
  const raw = counted ? await bytesOf(request) : new Uint8Array(await request.arrayBuffer());
  if (!raw) return tooLarge;
  const text = decode(raw);
  if (text === undefined) return { ok: false, status: 400, reason: "not-utf-8" };
  const json = parseBoundedJson(text);
  return json ? { ok: true, raw, json } : { ok: false, status: 400, reason: "malformed-json" };
}

const jsonTypes = new Set(["application/activity+json", "application/ld+json", "application/json"]);
const tooLarge = { ok: false, status: 413, reason: "too-large" } as const;

async function bytesOf(request: Request): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body)
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > largestBody) return undefined;
      chunks.push(chunk);
    }
  return Buffer.concat(chunks);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function decode(raw: Uint8Array): string | undefined {
  try {
    return utf8.decode(raw);
  } catch {
    return undefined;
  }
}
