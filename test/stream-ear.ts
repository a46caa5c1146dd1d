import { WebSocket } from "ws";

export type Heard = { stream?: string[]; event: string; payload?: string };
type Refused = { error: string; status: number };

/** An app's open connection, read message by message. */
export type StreamEar = {
  status: number;
  protocol: string;
  next(): Promise<Heard>;
  /** All messages up to one of an event. */
  until(event: string): Promise<Heard[]>;
  /** Asks for something over a WebSocket; resolves when all that was asked has been done. */
  ask(message: unknown): Promise<Refused | undefined>;
  ended: Promise<number>;
  cut(): void;
};

const longestWait = 8_000;

export async function openSocketEar(
  origin: string,
  {
    query = {},
    headers = {},
    protocol,
  }: { query?: Record<string, string>; headers?: Record<string, string>; protocol?: string } = {},
): Promise<StreamEar> {
  const url = new URL("/api/v1/streaming", origin.replace("http", "ws"));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const socket = new WebSocket(url, protocol ? [protocol] : [], { headers });
  const queue = queueOf<Heard>();
  const refusals = queueOf<Refused>();
  socket.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Heard | Refused;
    if ("error" in message) refusals.put(message);
    else queue.put(message);
  });
  const ended = new Promise<number>((resolve) => socket.on("close", resolve));
  void ended.then(() => queue.end());
  const status = await new Promise<number>((resolve) => {
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    socket.on("error", () => {});
  });
  return {
    status,
    protocol: socket.protocol,
    ...readerOf(queue),
    async ask(message) {
      socket.send(typeof message === "string" ? message : JSON.stringify(message));
      socket.send(JSON.stringify({ type: "are you there" }));
      const first = await refusals.take();
      if (first?.error === "Unknown message type") return undefined;
      await refusals.take();
      return first;
    },
    ended,
    cut: () => socket.terminate(),
  };
}

export async function openEventsEar(
  origin: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<StreamEar & { contentType: string | null; body: string }> {
  const abort = new AbortController();
  const answer = await fetch(`${origin}/api/v1/streaming/${path}`, { headers, signal: abort.signal });
  const queue = queueOf<Heard>();
  const streams = answer.headers.get("content-type")?.startsWith("text/event-stream") === true;
  const body = streams ? "" : await answer.text();
  const ended = streams ? readEvents(answer, queue) : Promise.resolve(0);
  void ended.then(() => queue.end());
  return {
    status: answer.status,
    contentType: answer.headers.get("content-type"),
    body,
    protocol: "",
    ...readerOf(queue),
    ask: () => Promise.reject(new Error("nothing is asked over events")),
    ended,
    cut: () => abort.abort(),
  };
}

async function readEvents(answer: Response, queue: Queue<Heard>): Promise<number> {
  let text = "";
  try {
    for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
        const [event, payload] = [field("event"), field("data")];
        if (event !== undefined && payload !== undefined) queue.put({ event, payload });
      }
    }
  } catch {
    // Cut by one side.
  }
  return 0;
}

function readerOf(queue: Queue<Heard>): Pick<StreamEar, "next" | "until"> {
  const next = async () => {
    const heard = await queue.take();
    if (!heard) throw new Error("the stream ended");
    return heard;
  };
  return {
    next,
    async until(event) {
      const heard: Heard[] = [];
      do heard.push(await next());
      while (heard.at(-1)?.event !== event);
      return heard;
    },
  };
}

type Queue<T> = { put(one: T): void; take(): Promise<T | undefined>; end(): void };

function queueOf<T>(): Queue<T> {
  const waiting: T[] = [];
  const takers: ((one: T | undefined) => void)[] = [];
  let isOver = false;
  return {
    put(one) {
      const taker = takers.shift();
      if (taker) taker(one);
      else waiting.push(one);
    },
    async take() {
      const one = waiting.shift();
      if (one !== undefined || isOver) return one;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error("nothing came")), longestWait);
        takers.push((taken) => {
          clearTimeout(timer);
          resolve(taken);
        });
      });
    },
    end() {
      isOver = true;
      for (const taker of takers.splice(0)) taker(undefined);
    },
  };
}
