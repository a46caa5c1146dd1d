import { pageFollows } from "#domain/relationships/page-follows.ts";
import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { fullHandle } from "#context.ts";
import { accountsByHandle, findAccount, isOwn, type Account } from "#domain/accounts/account.ts";
import {
  findFollowBetween,
  listPendingFollows,
  requestFollow,
  undoFollow,
} from "#domain/relationships/follows.ts";
import { mediaById } from "#domain/media/media.ts";
import { html, type Html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { accountRow } from "#ui/account.ts";
import { button, emptyState, notice, pageHead, section } from "#ui/controls.ts";
import { field } from "#ui/form.ts";
import { presentAccount } from "#ui/present-post.ts";
import { deckPage } from "../frame.ts";
import { formText } from "../form-text.ts";
import { notGranted, speaksFor } from "../guard.ts";
import { deckPath, seatOf, type Seat } from "../seat.ts";
import { deckWords } from "../words.ts";

type Said = { tone: "success" | "error"; text: string; handle?: string };

/** GET /deck/follow: whom the acting account follows, and a field for one more. */
export function showFollowing(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    return seat?.acting ? page(services, c, seat, seat.acting) : notGranted(c);
  };
}

/** POST /deck/follow: finds @user@host and asks to follow it. */
export function follow(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const form = await c.req.formData();
    const seat = seatOf(c);
    const acting = speaksFor(c, formText(form, "account"));
    if (!seat || !acting) return notGranted(c);
    const words = deckWords[seat.language].following;
    const handle = formText(form, "handle").trim();
    const answer = (tone: Said["tone"], text: string) =>
      page(
        services,
        c,
        { ...seat, acting },
        acting,
        tone === "error" ? { tone, text, handle } : { tone, text },
      );
    if (!/^@?[\w.-]+(@[\w.:-]+)?$/u.test(handle)) return answer("error", words.notHandle);
    const { authority } = seat.site;
    const known = await services.db.read(authority.id, (tx) => accountsByHandle(tx, authority, [handle]));
    const followed =
      known.get(handle.toLowerCase()) ??
      (handle.replace(/^@/, "").includes("@") ? await services.lookUpAccount(authority, handle) : undefined);
    if (!followed) return answer("error", words.notFound(handle));
    if (followed.id === acting.id) return answer("error", words.self);
    const { outcome } = await services.db.as(authority.id, (tx) =>
      requestFollow(tx, authority.id, { follower: acting.id, followed, person: c.get("person").id }),
    );
    if (outcome === "already") return answer("success", words.already(fullHandle(followed)));
    // Our own accounts are asked nothing.
    const said = isOwn(followed) ? words.now : words.requested;
    return answer("success", said(fullHandle(followed)));
  };
}

/** POST /deck/unfollow */
export function unfollow(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const form = await c.req.formData();
    const seat = seatOf(c);
    const acting = speaksFor(c, formText(form, "account"));
    if (!seat || !acting) return notGranted(c);
    const authority = seat.site.authority.id;
    const id = parseId<"account">(formText(form, "followed"));
    const undone = await services.db.as(authority, async (tx) => {
      const found = id ? await findAccount(tx, authority, id) : undefined;
      const before = found && (await findFollowBetween(tx, authority, acting.id, found.id));
      if (found)
        await undoFollow(tx, authority, {
          follower: acting.id,
          followed: found.id,
          person: c.get("person").id,
        });
      return found && { handle: fullHandle(found), wasPending: before?.state === "pending" };
    });
    if (!undone) return c.notFound();
    const words = deckWords[seat.language].following;
    const text = undone.wasPending ? words.withdrawn(undone.handle) : words.stopped(undone.handle);
    return page(services, c, { ...seat, acting }, acting, { tone: "success", text });
  };
}

async function page(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  acting: Account,
  said?: Said,
): Promise<Response> {
  const words = deckWords[seat.language].following;
  const authority = seat.site.authority.id;
  const { followed, pending, media } = await services.db.read(authority, async (tx) => {
    const followed = await pageFollows(tx, authority, acting.id, "following", { limit: 500 });
    const pending = await listPendingFollows(tx, authority, acting.id, 100);
    return {
      followed,
      pending,
      media: await mediaById(
        tx,
        authority,
        [...pending, ...followed].flatMap((account) => account.avatar ?? []),
      ),
    };
  });
  const error = said?.tone === "error" ? said.text : undefined;
  const shown = await deckPage(services, seat, {
    title: words.title,
    current: "follow",
    content: html`${pageHead({ title: words.title, lead: words.lead(acting.name) })}${
      said?.tone === "success" ? notice({ tone: "success", body: said.text, live: true }, seat) : null
    }
      <form class="form" method="post" action="${deckPath(seat, "/deck/follow")}" novalidate>
        <input type="hidden" name="account" value="${acting.id}" />
        ${field({ name: "handle", label: words.search, hint: words.hint, required: true, value: said?.handle, error, autocomplete: "off" }, seat)}${button({ label: words.submit })}
      </form>
      ${
        pending.length > 0
          ? section({
              title: words.waiting,
              body: html`<p class="quiet">${words.waitingLead}</p>
                ${list(seat, acting, pending, media, words.withdraw)}`,
            })
          : null
      }${
        followed.length === 0 && pending.length === 0
          ? emptyState({ title: words.none, icon: "account" })
          : followed.length > 0 &&
            section({ title: words.followed, body: list(seat, acting, followed, media, words.stop) })
      }`,
  });
  return c.html(shown.text, error ? 422 : 200);
}

function list(
  seat: Seat,
  acting: Account,
  followed: readonly Account[],
  media: Parameters<typeof presentAccount>[3],
  label: string,
): Html {
  return html`<ul class="plain-list">
    ${followed.map((account) => {
      const view = presentAccount(seat.site, seat.language, account, media);
      const stop = html`<form method="post" action="${deckPath(seat, "/deck/unfollow")}">
        <input type="hidden" name="account" value="${acting.id}" /><input type="hidden" name="followed" value="${account.id}" />
        <button class="button text" type="submit">${label}<span class="visually-hidden"> ${isOwn(account) ? account.name : view.handle}</span></button>
      </form>`;
      return html`<li>${accountRow(view, stop)}</li>`;
    })}
  </ul>`;
}
