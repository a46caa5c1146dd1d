import type { Site } from "#context.ts";
import type { Caller } from "../endpoint.ts";
import { labelOf, type Stream } from "./streams.ts";

/** One open connection of an app, and what it listens to. */
export type Listener = {
  site: Site;
  caller: Caller;
  /** Where it comes from. */
  address: string;
  /** By their keys. */
  streams: Map<string, Stream>;
  send(message: Message): void;
  /** That the connection is alive, for those that lie behind a proxy. */
  beat(): void;
  close(): void;
};

/** Something that is told to all who listen to a stream; written once for each kind of connection. */
export type Message = { asText(): string; asEvent(): string };

export function messageOf(stream: Stream, event: string, payload: string | undefined): Message {
  let text: string | undefined;
  let lines: string | undefined;
  return {
    asText: () => (text ??= JSON.stringify({ stream: labelOf(stream), event, payload })),
    // An event without a payload still needs data, or a browser passes it over.
    asEvent: () => (lines ??= `event: ${event}\ndata: ${payload ?? "null"}\n\n`),
  };
}
