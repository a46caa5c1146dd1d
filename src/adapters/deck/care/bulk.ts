import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { actOnMany, mostAtOnce, undoMany, type BulkAct, type Chosen } from "#domain/care/bulk.ts";
import { careOf } from "#domain/care/care.ts";
import { withdrawNote } from "#domain/care/notes.ts";
import { readTags } from "#domain/care/tags.ts";
import type { Transaction } from "#platform/database.ts";
import { formatNumber } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import { readForm, type FormValues } from "../form-values.ts";
import { notGranted } from "../guard.ts";
import { deckPath, seatOf, type Seat } from "../seat.ts";
import { aboutThreads } from "./about-threads.ts";
import { actorOf, readAssignee } from "./act.ts";
import { readChosenStatus } from "./forms.ts";
import { readVersion } from "./show-care.ts";
import { careListWords } from "./list-words.ts";
import { careWords } from "./words.ts";

export type Why = "changed" | "not-found" | "not-granted" | "not-assignable" | "nothing-to-undo" | "same";
type Outcome = { outcome: "done"; version: number } | { outcome: Why };

/** POST /deck/care/bulk: one act on all the threads chosen. What was not done is named, with why. */
export function actOnChosen(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const form = await readForm(c);
    const chosen = readChosen(form);
    const listWords = careListWords[seat.language];
    const now = services.clock();
    const authority = seat.site.authority.id;
    const act = await services.db.read(authority, (tx) => readAct(tx, seat, form));
    if (chosen.length === 0 || !act)
      return refuse(c, seat, chosen.length === 0 ? "chooseOne" : "empty", form.text("shown"));
    const outcomes = await services.db.as(authority, (tx) =>
      actOnMany(tx, authority, chosen, act, actorOf(seat), now),
    );
    return tell(services, c, seat, outcomes, listWords.bulk.done, form);
  };
}

/** POST /deck/care/undo: gives back what the latest acts replaced, or takes back a note. */
export function undoActs(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const form = await readForm(c);
    const authority = seat.site.authority.id;
    const words = careWords[seat.language];
    const listWords = careListWords[seat.language];
    const isPart = c.req.header("x-deck-part") === "care";
    const [thread = "", note = ""] = form.text("note").split(".");
    if (parseId(thread) && parseId(note)) {
      const done = await services.db.as(authority, (tx) =>
        withdrawNote(tx, authority, { thread, note }, actorOf(seat)),
      );
      if (done.outcome === "not-granted") return notGranted(c);
      if (done.outcome !== "done") return c.text(words.refused["not-found"], 404);
      return isPart
        ? c.json({ message: words.done.withdrawn })
        : c.redirect(deckPath(seat, `/deck/care/${thread}`), 303);
    }
    const asked = readDone(form.all("done"));
    if (asked.length === 0) return refuse(c, seat, "nothing-to-undo");
    const outcomes = await services.db.as(authority, (tx) => undoMany(tx, authority, asked, actorOf(seat)));
    const [only] = outcomes;
    if (outcomes.size === 1 && only) {
      const [id, undone] = only;
      const { outcome } = undone;
      if (outcome === "not-granted") return notGranted(c);
      if (outcome === "not-found") return c.text(words.refused["not-found"], 404);
      if (outcome === "done" && isPart) return c.json({ message: words.done.undone });
      if (undone.outcome === "done")
        return c.redirect(deckPath(seat, `/deck/care/${id}`, { done: String(undone.version) }), 303);
      return c.text(outcome === "changed" ? words.refused.changed : words.refused["nothing-to-undo"], 409);
    }
    return tell(services, c, seat, outcomes, listWords.bulk.undone, undefined);
  };
}

/** "thread" or "thread.version", as the boxes have them. */
export function readDone(values: readonly string[]): { thread: string; version: number }[] {
  return values.slice(0, mostAtOnce).flatMap((value) => {
    const [thread, text] = value.split(".");
    const version = readVersion(text);
    return parseId(thread) && thread && version !== undefined ? [{ thread, version }] : [];
  });
}

function readChosen(form: FormValues): Chosen[] {
  return form.all("chosen").flatMap((value) => {
    const [thread, version] = value.split(".");
    return parseId(thread) && thread ? [{ thread, seen: readVersion(version) }] : [];
  });
}

async function readAct(tx: Transaction, seat: Seat, form: FormValues): Promise<BulkAct | undefined> {
  switch (form.text("act")) {
    case "assign":
      return { kind: "assign", to: await readAssignee(tx, seat, form.text("to")) };
    case "close":
      return { kind: "status", to: "closed" };
    case "status": {
      const to = readChosenStatus(form.text("status"));
      return to && { kind: "status", to };
    }
    case "tag": {
      const tags = readTags(form.text("tags"));
      return tags.length > 0 ? { kind: "tag", add: tags, remove: [] } : undefined;
    }
    case "untag": {
      const tags = readTags(form.text("tags"));
      return tags.length > 0 ? { kind: "tag", add: [], remove: tags } : undefined;
    }
    default:
      return undefined;
  }
}

async function tell(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  outcomes: ReadonlyMap<string, Outcome>,
  said: (count: string) => string,
  /** What the list showed, to come back to. */
  form: FormValues | undefined,
): Promise<Response> {
  const done: string[] = [];
  const kept: { thread: string; why: Why }[] = [];
  for (const [thread, result] of outcomes) {
    if (result.outcome === "done") done.push(`${thread}.${result.version}`);
    else kept.push({ thread, why: result.outcome });
  }
  if (c.req.header("x-deck-part") !== "care") {
    const back = new URL(deckPath(seat, "/deck/care"), seat.site.origin);
    for (const [name, value] of new URLSearchParams(form?.text("shown"))) back.searchParams.set(name, value);
    for (const one of done) back.searchParams.append(form ? "done" : "undone", one);
    for (const { thread, why } of kept) back.searchParams.append("kept", `${thread}.${why}`);
    return c.redirect(back.pathname + back.search, 303);
  }
  const names = await services.db.read(seat.site.authority.id, (tx) =>
    namesOfThreads(
      tx,
      seat,
      kept.map((one) => one.thread),
    ),
  );
  return c.json({
    message: [said(formatNumber(done.length, seat.language)), keptWords(seat, kept, names)]
      .filter(Boolean)
      .join(" "),
    ...(form && done.length > 0 ? { undo: { done } } : {}),
    kept,
  });
}

/** "2 ändrades inte: Per (någon annan hann före), Lokaltidningen (…)." */
export function keptWords(
  seat: Pick<Seat, "language">,
  kept: readonly { thread: string; why: Why }[],
  names: ReadonlyMap<string, string>,
): string {
  if (kept.length === 0) return "";
  const words = careWords[seat.language];
  const listWords = careListWords[seat.language];
  const each = kept.map(
    ({ thread, why }) => `${names.get(thread) ?? words.ofUnknown} (${listWords.bulk.why[why]})`,
  );
  return `${listWords.bulk.kept(formatNumber(kept.length, seat.language))} ${each.join(", ")}.`;
}

export async function namesOfThreads(
  tx: Transaction,
  seat: Seat,
  threads: readonly string[],
): Promise<Map<string, string>> {
  const cares = await careOf(tx, seat.site.authority.id, threads);
  const about = await aboutThreads(tx, seat, [...cares.values()]);
  return new Map([...about].map(([thread, one]) => [thread, one.author?.name ?? ""]));
}

export const refusals = ["chooseOne", "empty", "nothing-to-undo"] as const;

/** Without script the list comes back as it was shown, and says why. */
function refuse(c: Context<Env>, seat: Seat, why: (typeof refusals)[number], shown = ""): Response {
  if (c.req.header("x-deck-part") === "care") return c.text(careWords[seat.language].refused[why], 422);
  const filter = Object.fromEntries(new URLSearchParams(shown));
  return c.redirect(deckPath(seat, "/deck/care", { ...filter, refused: why }), 303);
}
