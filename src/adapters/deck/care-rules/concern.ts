import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { concernOf, decideConcern, listUndecided, type Concern } from "#domain/care/concern.ts";
import { postsById } from "#domain/posts/read-posts.ts";
import type { PostId } from "#domain/posts/post.ts";
import { namesOfPeople } from "#domain/people/person.ts";
import { accountsById } from "#domain/accounts/account.ts";
import type { Transaction } from "#platform/database.ts";
import { attributes, html, type Html } from "#platform/html.ts";
import { defineWords } from "#platform/i18n.ts";
import { emptyState, time } from "#ui/controls.ts";
import type { Reader } from "#ui/words.ts";
import { findAskedPost } from "../find-asked-post.ts";
import { formText } from "../form-text.ts";
import { notGranted } from "../guard.ts";
import { accountIds, deckPath, seatOf, viewerOf, type Seat } from "../seat.ts";
import { readerOf } from "../settings/page.ts";
import { carePage } from "./places.ts";

const mostListed = 200;

/** POST /deck/posts/:id/concern: decides whether the direct messages of a thread concern the office. */
export function decide(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const { authority } = seat.site;
    const concerns = formText(await c.req.formData(), "concerns");
    if (concerns !== "yes" && concerns !== "no") return c.notFound();
    const by = { person: seat.person, accounts: accountIds(seat) };
    const found = await services.db.as(authority.id, async (tx) => {
      const post = await findAskedPost(tx, c, seat);
      if (!post) return undefined;
      const asked = { thread: post.thread, concerns: concerns === "yes" };
      return { post, decided: await decideConcern(tx, authority.id, asked, by, services.clock()) };
    });
    if (!found || found.decided.outcome === "not-found") return c.notFound();
    if (found.decided.outcome === "not-granted") return notGranted(c);
    const from = URL.parse(c.req.header("referer") ?? "")?.pathname ?? "";
    const back = from.endsWith("/settings/care/concerns")
      ? deckPath(seat, "/deck/settings/care/concerns")
      : `${deckPath(seat, `/deck/posts/${found.post.id}`)}#concern`;
    return c.redirect(back, 303);
  };
}

/** GET /deck/settings/care/concerns: what nobody has decided on yet. */
export function showUndecided(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const authority = seat.site.authority.id;
    const said = words[seat.language];
    const reader = readerOf(services, c);
    const items = await services.db.read(authority, async (tx) => {
      const found = await listUndecided(tx, authority, accountIds(seat), mostListed);
      const ids = found.map(({ post }) => post);
      const posts = await postsById(tx, authority, ids, viewerOf(seat));
      const authors = await accountsById(
        tx,
        authority,
        posts.map((post) => post.account),
      );
      return posts.map((post) => ({ post, author: authors.get(post.account) }));
    });
    return carePage(services, c, {
      place: "concerns",
      title: said.listTitle,
      lead: said.why,
      main:
        items.length === 0
          ? emptyState({ title: said.none, icon: "check" })
          : html`<ul class="plain-list">
              ${items.map(
                ({ post, author }) =>
                  html`<li class="stack">
                    <p>
                      <strong>${author?.name || author?.handle}</strong>
                      <span class="quiet">${time(post.publishedAt, reader)}</span>
                      <a href="${deckPath(seat, `/deck/posts/${post.id}`)}">${said.read}</a>
                    </p>
                    ${concernForm(seat, { post: post.id, concern: null })}
                  </li>`,
              )}
            </ul>`,
    });
  };
}

/** A decision that holds and whose it was; null while there is none, undefined where there is nothing to decide. */
type ConcernView = (Concern & { by: string }) | null | undefined;

export async function readConcern(
  tx: Transaction,
  seat: Pick<Seat, "site" | "accounts">,
  thread: PostId,
): Promise<ConcernView> {
  const authority = seat.site.authority.id;
  const concern = await concernOf(tx, authority, thread, accountIds(seat));
  if (!concern) return concern;
  const names = await namesOfPeople(tx, authority, [concern.person]);
  return { ...concern, by: names.get(concern.person) ?? "–" };
}

/** What the care panel shows of it; nothing where a thread has no direct message to decide on. */
export function concernPart(seat: Seat, post: PostId, concern: ConcernView, reader: Reader): Html | null {
  if (concern === undefined) return null;
  const said = words[seat.language];
  return html`<section class="concern" id="concern" aria-labelledby="concern-title">
    <h2 class="concern-title" id="concern-title">${said.title}</h2>
    <p class="small quiet">
      ${concern ? html`${concern.concerns ? said.isOurs : said.isNotOurs} ${said.decidedBy(concern.by)} ${time(concern.at, reader)}` : said.why}
    </p>
    ${concernForm(seat, { post, concern })}
  </section>`;
}

/** A key only leads there: what is decided is decided by Enter. */
const goneTo = { "data-global-key": "y", "data-key-goes": "" };

/** Yes or no; what holds is marked as pressed, and the other changes it. */
function concernForm(seat: Seat, view: { post: PostId; concern: Concern | null }): Html {
  const said = words[seat.language];
  const choice = (value: "yes" | "no", label: string) => {
    const pressed = view.concern ? view.concern.concerns === (value === "yes") : undefined;
    return html`<button
      class="button plain"
      type="submit"
      name="concerns"
      value="${value}"
      ${attributes({ "aria-pressed": pressed === undefined ? undefined : String(pressed), ...(value === "yes" ? goneTo : {}) })}
    >
      <span>${label}</span>
    </button>`;
  };
  return html`<form class="row" method="post" action="${deckPath(seat, `/deck/posts/${view.post}/concern`)}">
    ${choice("yes", said.yes)}${choice("no", said.no)}
  </form>`;
}

const words = defineWords(
  {
    title: "Rör det myndigheten?",
    why: "Ett direktmeddelande till en tjänsteman är allmän handling om det rör myndighetens verksamhet (TF 2 kap. 8 §). Någon behöver avgöra det.",
    yes: "Ja, det rör oss",
    no: "Nej, det är privat",
    isOurs: "Rör myndigheten.",
    isNotOurs: "Rör inte myndigheten.",
    decidedBy: (name: string) => `Avgjort av ${name}`,
    listTitle: "Rör det oss?",
    none: "Inget direktmeddelande väntar på beslut",
    read: "Läs",
  },
  {
    title: "Does it concern the authority?",
    why: "A direct message to an official is a public record if it concerns the authority's business (Freedom of the Press Act 2:8). Somebody needs to decide.",
    yes: "Yes, it concerns us",
    no: "No, it is private",
    isOurs: "Concerns the authority.",
    isNotOurs: "Does not concern the authority.",
    decidedBy: (name) => `Decided by ${name}`,
    listTitle: "Does it concern us?",
    none: "No direct message waits for a decision",
    read: "Read",
  },
);
