import { refuse } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { hasRoom, noRoom } from "./admission.ts";
import { openEventStream } from "./event-stream.ts";
import { streamingHubOf } from "./hub.ts";
import { findStream, streamKey, type StreamName } from "./streams.ts";

/** GET /api/v1/streaming/…: one stream as server-sent events. */
export function events(name: StreamName): (call: Call<Caller>) => Promise<Response> {
  return async (call) => {
    const { services, site, caller, params, c } = call;
    const takesMedia = name === "public" || name === "public:local" || name === "public:remote";
    const asked = {
      stream: takesMedia && params.flag("only_media") ? `${name}:media` : name,
      tag: params.text("tag"),
      list: params.text("list"),
    };
    const found = await findStream(call, asked);
    if (found.outcome === "refused") return refuse(found.status, found.error);
    const headers = {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "private, no-store",
      // Proxies must pass each event on at once.
      "x-accel-buffering": "no",
    };
    // Nobody would read the stream, nor ever close it.
    if (c.req.method === "HEAD") return new Response(null, { headers });
    const hub = streamingHubOf(services);
    const who = { site, caller, address: c.get("address") };
    if (!hasRoom(hub, who)) return refuse(429, noRoom);
    const streams = new Map([[streamKey(found.stream), found.stream]]);
    const { listener, body } = openEventStream(
      { ...who, streams },
      (closed) => hub.leave(closed),
      c.env?.outgoing,
    );
    await hub.join(listener);
    // Whoever has left before the answer never reads it, and its end would be heard of by nobody.
    const { signal } = c.req.raw;
    signal.addEventListener("abort", () => listener.close(), { once: true });
    if (signal.aborted) listener.close();
    return new Response(body, { headers });
  };
}
