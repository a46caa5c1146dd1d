import type { DeckSite } from "./deck-site.ts";

export type Heard = { kind: string; number: string | undefined; data: unknown };
export type Put = { put: string; column: string; position: string; post: string };
export type DeckLine = {
  status: number;
  cut(): void;
  next(): Promise<Heard | undefined>;
};

/** Opens a live line of the deck and reads it event by event. */
export async function listenTo(
  site: DeckSite,
  cookie: string,
  options: { after?: string | undefined; query?: Record<string, string> } = {},
): Promise<DeckLine> {
  const abort = new AbortController();
  const query = new URLSearchParams(options.query ?? { account: site.office.id });
  const answer = await fetch(`${site.origin}/deck/stream?${query.toString()}`, {
    headers: {
      cookie,
      accept: "text/event-stream",
      ...(options.after ? { "last-event-id": options.after } : {}),
    },
    signal: abort.signal,
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    status: answer.status,
    cut: () => abort.abort(),
    async next() {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end >= 0) {
          const block = text.slice(0, end).split("\n");
          text = text.slice(end + 2);
          const field = (name: string) =>
            block.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
          const kind = field("event");
          // Who else is here is told in between, and is no matter of columns.
          if (kind && kind !== "presence")
            return { kind, number: field("id"), data: JSON.parse(field("data") ?? "{}") };
          continue;
        }
        const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
        if (done) return undefined;
        text += value;
      }
    },
  };
}

export function putsIn(heard: Heard | undefined): Put[] {
  return heard?.kind === "changes" ? (heard.data as Put[]).filter((one) => "put" in one) : [];
}

/** Everything told of until something is heard that was waited for. */
export async function changesUntil<Change>(
  line: Pick<DeckLine, "next">,
  isIt: (change: Change) => boolean,
): Promise<Change[]> {
  const told: Change[] = [];
  for (;;) {
    const heard = await line.next();
    if (!heard) throw new Error("the line ended");
    if (heard.kind !== "changes") continue;
    told.push(...(heard.data as Change[]));
    if (told.some(isIt)) return told;
  }
}
