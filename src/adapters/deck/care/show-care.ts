import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { describeChange } from "./history.ts";
import { journalHead } from "#domain/journal/entry.ts";
import { html, type Html, type Renderable } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { button, notice, pageHead } from "#ui/controls.ts";
import { icon } from "#ui/icon.ts";
import { careRuleParts } from "../care-rules/panel-parts.ts";
import { showOnePost } from "../columns/show-one-post.ts";
import { missing } from "../compose/show-composer.ts";
import { deckPage } from "../frame.ts";
import { notGranted } from "../guard.ts";
import { deckPath, readerOf, seatOf, type Seat } from "../seat.ts";
import { aboutThreads } from "./about-threads.ts";
import { careForm, careSteps, type CareStep, type Tried } from "./forms.ts";
import { carePanel } from "./panel.ts";
import { readCare } from "./read-care.ts";
import { careListWords } from "./list-words.ts";
import { careWords } from "./words.ts";

/** GET /deck/care/:thread: how a thread is looked after, as a page, as the panel of a conversation, or one form of it. */
export function showCare(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    return carePage(services, c, seat, c.req.param("thread") ?? "", {
      step: careSteps.find((step) => step === c.req.query("step")),
      done: readVersion(c.req.query("done")),
    });
  };
}

/** The page, or the part of it that a script asks for; 409 and 422 bring back what was tried. */
export async function carePage(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  thread: string,
  open: { step?: CareStep | undefined; tried?: Tried; done?: number | undefined; status?: 200 | 409 | 422 },
): Promise<Response> {
  const now = services.clock();
  const reader = readerOf(seat, now);
  const id = parseId<"post">(thread);
  const found =
    id &&
    (await services.db.read(seat.site.authority.id, async (tx) => {
      // First, so that nothing falls between the reading and the line that goes on from here.
      const position = await journalHead(tx);
      const view = await readCare(tx, seat, id);
      if (!view) return undefined;
      const about = (await aboutThreads(tx, seat, [view.care])).get(view.care.thread);
      return {
        view,
        position,
        about,
        shown: about && (await showOnePost(tx, seat, about.post, now)),
        parts: about && (await careRuleParts(tx, seat, about.post, reader)),
      };
    }));
  if (!found) return missing(services, c, seat);
  const { view, about, shown, parts, position } = found;
  const words = careWords[seat.language];
  const listWords = careListWords[seat.language];
  const title = about?.author ? words.of(about.author.name) : words.ofUnknown;
  const part = c.req.header("x-deck-part");
  if (part === "care" && open.step)
    return c.html(
      dialogPart(seat, open.step, title, careForm(seat, open.step, view, open.tried)).text,
      open.status,
    );
  if (part === "panel") return c.html(carePanel(seat, view, reader, { ...open, parts }).text);
  const page = await deckPage(services, seat, {
    title: `${words.label}: ${title}`,
    current: "none",
    ...(about ? { position, thread: about.post.id } : {}),
    content: html`${pageHead({
      title,
      actions: html`${
        about
          ? button({
              label: words.open,
              look: "plain",
              icon: "thread",
              href: deckPath(seat, `/deck/posts/${about.post.id}`),
            })
          : null
      }${button({ label: listWords.list.back, look: "text", icon: "inbox", href: deckPath(seat, "/deck/care") })}`,
    })}${open.done === undefined ? null : doneNotice(seat, view, open.done)}${shown}${carePanel(seat, view, reader, { ...open, parts })}`,
  });
  return c.html(page.text, open.status);
}

/** What a dialog holds: its name, whom it concerns, the form. */
export function dialogPart(seat: Seat, step: CareStep, about: string, form: Html): Html {
  const words = careWords[seat.language];
  const names = { assign: words.assign, status: words.changeStatus, note: words.note, tags: words.tag };
  return html`<header>
      <h2 id="care-dialog-title">${names[step].replace("…", "")}</h2>
      <form method="dialog"><button class="action icon-only" title="${words.forms.close}">${icon("close", words.forms.close)}</button></form>
    </header>
    <p class="quiet">${about}</p>
    ${form}`;
}

/** What has just been done, and the way back. */
function doneNotice(seat: Seat, view: NonNullable<Awaited<ReturnType<typeof readCare>>>, done: number): Html {
  const words = careWords[seat.language];
  const change = view.history.find((one) => one.version === done);
  const mayUndo = view.care.version === done && change?.person === seat.person && !change.undo;
  const body: Renderable = mayUndo
    ? html`<form method="post" action="${deckPath(seat, "/deck/care/undo")}" data-care-form>
        <input type="hidden" name="done" value="${view.care.thread}.${done}" />${button({ label: words.done.undo, look: "plain", data: { "global-key": "z" } })}
      </form>`
    : null;
  return notice(
    {
      tone: "success",
      title: change ? describeChange(seat.language, change, view.names) : words.done.same,
      body,
      live: true,
    },
    seat,
  );
}

export function readVersion(text: string | undefined): number | undefined {
  return text && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
