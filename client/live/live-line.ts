export type LineState = "open" | "lost" | "signed-out" | "refused";
export type LiveEvent = { kind: string; data: unknown };

const shortestWait = 500;
const longestWait = 15_000;
/** The server is heard from every 5 s; after this long the line is taken for dead. */
const silence = 20_000;

/**
 * Server-sent events that never give up: the browser's own EventSource stops for good at an answer other than 200.
 * Goes on from the last number heard, so that nothing is lost; what is heard twice is put in the same place.
 */
export class LiveLine {
  private readonly url: string;
  private readonly hear: (event: LiveEvent) => void;
  private readonly tell: (state: LineState) => void;
  private number: string;
  private failures = 0;
  private abort: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setTimeout> | undefined;
  private stopped = true;

  constructor(
    url: string,
    number: string,
    hear: (event: LiveEvent) => void,
    tell: (state: LineState) => void,
  ) {
    this.url = url;
    this.number = number;
    this.hear = hear;
    this.tell = tell;
  }

  start = (): void => {
    clearTimeout(this.timer);
    this.abort?.abort();
    this.stopped = false;
    const abort = new AbortController();
    this.abort = abort;
    void this.run(abort);
  };

  /** The browser says that the network is gone: no use waiting for silence to prove it. */
  cut = (): void => {
    if (this.stopped) return;
    this.abort?.abort();
    this.retry();
  };

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.watch);
    this.abort?.abort();
  }

  private async run(abort: AbortController): Promise<void> {
    try {
      const url = new URL(this.url, location.href);
      url.searchParams.set("after", this.number);
      const answer = await fetch(url, {
        headers: { accept: "text/event-stream" },
        signal: abort.signal,
        cache: "no-store",
      });
      if (answer.status === 401 || answer.status === 403) {
        this.stop();
        this.tell(answer.status === 401 ? "signed-out" : "refused");
        return;
      }
      if (!answer.ok || !answer.body) throw new Error(`the line answered ${answer.status}`);
      this.failures = 0;
      this.tell("open");
      await this.read(answer.body.pipeThrough(new TextDecoderStream()).getReader(), abort);
    } catch {
      // Whatever it was, it is tried again.
    }
    if (this.abort === abort && !this.stopped) this.retry();
  }

  private async read(reader: ReadableStreamDefaultReader<string>, abort: AbortController): Promise<void> {
    let rest = "";
    for (;;) {
      clearTimeout(this.watch);
      this.watch = setTimeout(() => abort.abort(), silence);
      const { done, value } = await reader.read();
      if (done || abort.signal.aborted) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    let kind = "message";
    let data = "";
    let number: string | undefined;
    for (const line of block.split("\n")) {
      if (line.startsWith("event: ")) kind = line.slice(7);
      else if (line.startsWith("data: ")) data += line.slice(6);
      else if (line.startsWith("id: ")) number = line.slice(4);
    }
    if (data) this.hear({ kind, data: JSON.parse(data) });
    // Only when it has been dealt with does it count as heard.
    if (number !== undefined) this.number = number;
  }

  private retry(): void {
    this.abort = undefined;
    clearTimeout(this.watch);
    clearTimeout(this.timer);
    this.tell("lost");
    const wait = Math.min(shortestWait * 2 ** this.failures++, longestWait);
    this.timer = setTimeout(this.start, wait * (0.75 + Math.random() / 2));
  }
}
