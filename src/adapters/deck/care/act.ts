import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { assign, type Assignee } from "#domain/care/assign.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import { findPerson } from "#domain/people/person.ts";
import { addNote, type Noted } from "#domain/care/notes.ts";
import { changeStatus } from "#domain/care/status.ts";
import { changeTags, readTags } from "#domain/care/tags.ts";
import type { Acted, Actor } from "#domain/care/take-up.ts";
import type { Transaction } from "#platform/database.ts";
import { html, type Html } from "#platform/html.ts";
import { formatNumber } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import { notice } from "#ui/controls.ts";
import { awaySaid } from "../care-rules/away-part.ts";
import { missing } from "../compose/show-composer.ts";
import { readForm, type FormValues } from "../form-values.ts";
import { notGranted } from "../guard.ts";
import { accountIds, deckPath, seatOf, type Seat } from "../seat.ts";
import { readChosenStatus, type CareStep, type Tried } from "./forms.ts";
import { describeChange } from "./history.ts";
import { namesIn } from "./read-care.ts";
import { carePage, readVersion } from "./show-care.ts";
import { careWords } from "./words.ts";

/** What an act came to; the words of `done` say what was done. */
type Result = { done: Acted | Noted | { outcome: "not-assignable" }; said: string; tried: Tried };

/** POST /deck/care/:thread/assign, status, note and tags. */
export function actOnCare(services: Services, step: CareStep) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const thread = parseId<"post">(c.req.param("thread"));
    if (!thread) return missing(services, c, seat);
    const form = await readForm(c);
    const now = services.clock();
    const result = await services.db.as(seat.site.authority.id, (tx) =>
      act(tx, seat, step, thread, form, now),
    );
    return answer(services, c, seat, step, thread, result);
  };
}

export function actorOf(seat: Seat): Actor {
  return { person: seat.person, accounts: accountIds(seat) };
}

/** Whom a form means: oneself, nobody, a colleague or an account. */
export async function readAssignee(tx: Transaction, seat: Seat, to: string): Promise<Assignee> {
  if (to === "me") return { person: seat.person };
  const id = parseId<"person">(to);
  if (!id) return {};
  const person = await findPerson(tx, seat.site.authority.id, id);
  return person ? { person: person.id } : { account: id as string as AccountId };
}

async function act(
  tx: Transaction,
  seat: Seat,
  step: CareStep,
  thread: string,
  form: FormValues,
  now: Temporal.Instant,
): Promise<Result> {
  const authority = seat.site.authority.id;
  const words = careWords[seat.language];
  const by = actorOf(seat);
  const seen = readVersion(form.text("version"));
  switch (step) {
    case "assign": {
      const to = await readAssignee(tx, seat, form.text("to"));
      const done = await assign(tx, authority, { thread, to, seen }, by);
      const said =
        to.person === seat.person
          ? words.done.toYou
          : to.person || to.account
            ? words.done.assigned(await nameOf(tx, seat, to))
            : words.done.unassigned;
      const away = to.person && (await awaySaid(tx, seat, to.person, now));
      return {
        done,
        said: away ? `${said} ${away}` : said,
        tried: { to: to.person ?? to.account ?? "nobody" },
      };
    }
    case "status": {
      const to = readChosenStatus(form.text("to"));
      if (!to) return { done: { outcome: "empty" }, said: "", tried: {} };
      const done = await changeStatus(tx, authority, { thread, to, seen }, by, now);
      const status = to === "open" ? words.to.open.toLowerCase() : words.status[to];
      return { done, said: words.done.status(status), tried: { to } };
    }
    case "tags": {
      const text = form.text("tags");
      const done = await changeTags(
        tx,
        authority,
        { thread, add: readTags(text), remove: "others", seen },
        by,
      );
      return { done, said: words.done.tagged, tried: { text } };
    }
    case "note": {
      const text = form.text("text");
      const done = await addNote(tx, authority, { thread, text }, by, now);
      const names = done.outcome === "done" ? done.mentioned.map((one) => one.name) : [];
      return {
        done,
        said: names.length > 0 ? words.done.notedTo(names.join(", ")) : words.done.noted,
        tried: { text },
      };
    }
  }
}

async function answer(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  step: CareStep,
  thread: string,
  { done, said, tried }: Result,
): Promise<Response> {
  const words = careWords[seat.language];
  const isPart = c.req.header("x-deck-part") === "care";
  switch (done.outcome) {
    case "done": {
      const undo: Record<string, string> =
        "note" in done ? { note: `${thread}.${done.note}` } : { done: `${thread}.${done.version}` };
      if (isPart) return c.json({ message: said, undo });
      const version = "note" in done ? undefined : String(done.version);
      return c.redirect(deckPath(seat, `/deck/care/${thread}`, { done: version }), 303);
    }
    case "same":
      if (isPart) return c.json({ message: words.done.same });
      return c.redirect(deckPath(seat, `/deck/care/${thread}`, { done: String(done.version) }), 303);
    case "not-granted":
      return notGranted(c);
    case "not-found":
      return isPart ? c.text(words.refused["not-found"], 404) : missing(services, c, seat);
    case "changed": {
      const names = await services.db.read(seat.site.authority.id, (tx) => namesIn(tx, seat, done.changes));
      const lines = done.changes.map((change) => describeChange(seat.language, change, names));
      const error = problem(
        seat,
        words.refused.changed,
        html`${words.refused.changedLead}<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`,
      );
      return carePage(services, c, seat, thread, { step, tried: { ...tried, error }, status: 409 });
    }
    case "not-assignable":
    case "empty":
    case "too-long": {
      const text =
        done.outcome === "too-long"
          ? words.refused.tooLong(formatNumber(done.max, seat.language))
          : words.refused[done.outcome];
      return carePage(services, c, seat, thread, {
        step,
        tried: { ...tried, error: problem(seat, text) },
        status: 422,
      });
    }
  }
}

function problem(seat: Seat, title: string, body?: Html): Html {
  return notice({ tone: "warn", title, ...(body ? { body } : {}), live: true }, seat);
}

async function nameOf(tx: Transaction, seat: Seat, to: Assignee): Promise<string> {
  const asked = { person: to.person ?? null, account: to.account ?? null };
  const names = await namesIn(tx, seat, [{ after: asked }]);
  return names.get(to.person ?? to.account ?? "") ?? careWords[seat.language].history.somebodyElse;
}
