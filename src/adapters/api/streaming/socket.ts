import { openSocket, type Socket } from "#platform/web-sockets.ts";
import { refuse } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { admit } from "../guard.ts";
import { hasRoom, noRoom } from "./admission.ts";
import { mostWaiting } from "./event-stream.ts";
import { streamingHubOf } from "./hub.ts";
import type { Listener } from "./listener.ts";
import { listenOver } from "./socket-listener.ts";
import { findStream, readStream, streamKey } from "./streams.ts";

/** So much one connection may listen to, and may ask for before the first is answered. */
const mostStreams = 50;
const mostUnanswered = 100;

/** The other end asks too much (RFC 6455, 7.4.1). */
const tooMuch = 1008;

/** GET /api/v1/streaming, become a WebSocket: as many streams at a time as it asks for. */
export async function socket(call: Call): Promise<Response> {
  const { services, site, c, params } = call;
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") return refuse(404, "Not Found");
  const admitted = await admit(services, c, {
    kind: "user",
    scopes: ["read:statuses", "read:notifications"],
  });
  if (admitted instanceof Response) return admitted;
  const { caller } = admitted;
  if (!caller) return refuse(401, "The access token is invalid");
  const hub = streamingHubOf(services);
  const who = { site, caller, address: c.get("address") };
  if (!hasRoom(hub, who)) return refuse(429, noRoom);
  const first = {
    type: "subscribe",
    stream: params.text("stream"),
    tag: params.text("tag"),
    list: params.text("list"),
  };
  let listener: Listener | undefined;
  let speak: (text: string | undefined) => void = () => {};
  return openSocket(c, {
    onOpen(opened) {
      listener = listenOver(opened, who, (closed) => hub.leave(closed));
      const joined = hub.join(listener);
      speak = inOrder({ ...call, caller }, listener, opened, joined);
      if (first.stream) speak(JSON.stringify(first));
    },
    onText: (text) => speak(text),
    onClose() {
      if (listener) hub.leave(listener);
    },
  });
}

/** Takes what the other end asks for one after another, so that it is done in the order in which it was asked. */
function inOrder(
  call: Call<Caller>,
  listener: Listener,
  socket: Socket,
  begun: Promise<void>,
): (text: string | undefined) => void {
  let unanswered = 0;
  let isOver = false;
  let turn: Promise<unknown> = begun;
  return (text) => {
    if (isOver) return;
    if (++unanswered > mostUnanswered) {
      isOver = true;
      return socket.close(tooMuch);
    }
    turn = turn
      .then(() => change(call, listener, text))
      .then((refused) => {
        if (!refused) return;
        socket.send(JSON.stringify(refused));
        if (socket.waiting() > mostWaiting) socket.cut();
      })
      .catch((error: unknown) => {
        call.services.log.error("a stream could not be changed", { error });
        listener.close();
      })
      .finally(() => unanswered--);
  };
}

type Refused = { error: string; status: number };

async function change(
  call: Call<Caller>,
  listener: Listener,
  text: string | undefined,
): Promise<Refused | undefined> {
  const asked = readAsked(text);
  if (!asked) return { error: "The message is no JSON object", status: 400 };
  if (asked.type !== "subscribe" && asked.type !== "unsubscribe")
    return { error: "Unknown message type", status: 400 };
  const found = asked.type === "subscribe" ? await findStream(call, asked) : readStream(asked);
  if (found.outcome === "refused") return { error: found.error, status: found.status };
  const key = streamKey(found.stream);
  if (asked.type === "unsubscribe") listener.streams.delete(key);
  else if (listener.streams.size < mostStreams) listener.streams.set(key, found.stream);
  else return { error: noRoom, status: 429 };
  return undefined;
}

function readAsked(text: string | undefined) {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const named = new Map(Object.entries(value as Record<string, unknown>));
  const word = (name: string) => {
    const one = named.get(name);
    return typeof one === "string" || typeof one === "number" ? String(one) : undefined;
  };
  return { type: word("type"), stream: word("stream"), tag: word("tag"), list: word("list") };
}
