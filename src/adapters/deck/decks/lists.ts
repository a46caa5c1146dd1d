import { Hono, type Context } from "hono";
import type { Env, Services } from "#context.ts";
import { fullHandle } from "#context.ts";
import { accountsByHandle, findAccount, type Account, type AccountId } from "#domain/accounts/account.ts";
import { mediaById } from "#domain/media/media.ts";
import {
  addMember,
  findList,
  listsOf,
  makeList,
  membersOf,
  removeList,
  removeMembers,
  renameList,
  type List,
} from "#domain/relationships/lists.ts";
import { parseId } from "#platform/id.ts";
import { formText } from "../form-text.ts";
import type { FormError } from "../form-values.ts";
import { notGranted, speaksFor } from "../guard.ts";
import { hubOf } from "../live/hub.ts";
import { accountIds, seatOf, type Seat } from "../seat.ts";
import { backWith, contentPage } from "./content-page.ts";
import { decksWords } from "./words.ts";
import { listContent, listsContent } from "./lists-html.ts";

type Handler = (c: Context<Env>, seat: Seat, list: List, form: FormData) => Promise<Response>;

/** Lists: those of the accounts that one may speak for. */
export function listRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db } = services;
  const list = "/deck/lists/:id{[1-9][0-9]{17,18}}";

  app.get("/deck/lists", async (c) => {
    const seat = seatOf(c);
    return seat ? listsPage(services, c, seat, [], seat.acting?.id) : notGranted(c);
  });
  app.post("/deck/lists", async (c) => {
    const seat = seatOf(c);
    const form = await c.req.formData();
    const account = speaksFor(c, formText(form, "owner"));
    if (!seat || !account) return notGranted(c);
    const authority = seat.site.authority.id;
    const title = formText(form, "title");
    const made = await db.as(authority, (tx) => makeList(tx, authority, { account: account.id, title }));
    if (made.outcome === "made") return backWith(c, seat, `/deck/lists/${made.id}`, "list-made");
    const message = decksWords[seat.language].errors.name;
    return listsPage(services, c, seat, [{ id: "title", message }], account.id);
  });

  /** A list that is not of an account of one's own is not there. */
  const on = (handle: Handler) => async (c: Context<Env>) => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const id = parseId<"list">(c.req.param("id"));
    const authority = seat.site.authority.id;
    const found = id && (await db.read(authority, (tx) => findList(tx, authority, id, accountIds(seat))));
    if (!found) return c.notFound();
    return handle(c, seat, found, c.req.method === "POST" ? await c.req.formData() : new FormData());
  };

  app.get(
    list,
    on((c, seat, found) => listPage(services, c, seat, found, [])),
  );
  app.post(
    `${list}/name`,
    on(async (c, seat, found, form) => {
      const authority = seat.site.authority.id;
      const { outcome } = await db.as(authority, (tx) =>
        renameList(tx, authority, found.id, formText(form, "title")),
      );
      if (outcome === "renamed") return backWith(c, seat, `/deck/lists/${found.id}`, "list-renamed");
      const message = decksWords[seat.language].errors.name;
      return listPage(services, c, seat, found, [{ id: "title", message }]);
    }),
  );
  app.post(
    `${list}/remove`,
    on(async (c, seat, found) => {
      const authority = seat.site.authority.id;
      await db.as(authority, (tx) => removeList(tx, authority, found.id));
      return backWith(c, seat, "/deck/lists", "list-removed");
    }),
  );
  app.post(
    `${list}/members`,
    on(async (c, seat, found, form) => {
      const handle = formText(form, "handle").trim();
      const added = await addByHandle(services, seat, found, handle);
      if (added === "added") {
        readAgain(services, seat, found);
        return backWith(c, seat, `/deck/lists/${found.id}`, "added");
      }
      const { errors } = decksWords[seat.language];
      const owner = seat.accounts.find((account) => account.id === found.account)?.name ?? "";
      const message = added === "bad-handle" ? errors.handle : errors.notFollowed(handle, owner);
      return listPage(services, c, seat, found, [{ id: "handle", message }], handle);
    }),
  );
  app.post(
    `${list}/members/remove`,
    on(async (c, seat, found, form) => {
      const authority = seat.site.authority.id;
      const member = parseId<"account">(formText(form, "member"));
      const known = member && (await db.read(authority, (tx) => findAccount(tx, authority, member)));
      if (!known) return c.notFound();
      await db.as(authority, (tx) => removeMembers(tx, authority, found, [known.id]));
      readAgain(services, seat, found);
      return backWith(c, seat, `/deck/lists/${found.id}`, "taken");
    }),
  );
  return app;
}

/** Who is in a list is no fact: the open columns of lists are told so by themselves. */
function readAgain(services: Services, seat: Seat, list: List): void {
  const mayHear = ({ accounts }: Seat) => accounts.some((account) => account.id === list.account);
  const event = { kind: "changes", data: [{ stale: "list" }] } as const;
  hubOf(services).tellAll(seat.site.authority.id, event, { mayHear });
}

async function addByHandle(
  services: Services,
  seat: Seat,
  list: List,
  handle: string,
): Promise<"added" | "bad-handle" | "not-followed"> {
  if (!/^@?[\w.-]+(@[\w.:-]+)?$/u.test(handle)) return "bad-handle";
  const { authority } = seat.site;
  return services.db.as(authority.id, async (tx) => {
    const account = (await accountsByHandle(tx, authority, [handle])).get(handle.toLowerCase());
    // Whom the account follows is known here: there is no need to ask elsewhere.
    if (!account) return "not-followed";
    const { outcome } = await addMember(tx, authority.id, list, account.id);
    return outcome === "already" ? "added" : outcome;
  });
}

async function listsPage(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  errors: readonly FormError[],
  owner: AccountId | undefined,
): Promise<Response> {
  const words = decksWords[seat.language];
  const authority = seat.site.authority.id;
  const lists = await services.db.read(authority, (tx) => listsOf(tx, authority, accountIds(seat)));
  return contentPage(services, c, seat, {
    title: words.lists,
    lead: words.listsLead,
    errors,
    content: listsContent(seat, lists, errors, owner),
  });
}

async function listPage(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  list: List,
  errors: readonly FormError[],
  handle = "",
): Promise<Response> {
  const authority = seat.site.authority.id;
  const { members, media } = await services.db.read(authority, async (tx) => {
    const members: Account[] = await membersOf(tx, authority, list.id);
    const avatars = members.flatMap((account) => account.avatar ?? []);
    return { members, media: await mediaById(tx, authority, avatars) };
  });
  const owner = seat.accounts.find((account) => account.id === list.account);
  return contentPage(services, c, seat, {
    title: decksWords[seat.language].listSettings(list.title),
    lead: owner ? `${owner.name}, ${fullHandle(owner)}` : null,
    errors,
    content: listContent(seat, { list, owner, members, media, errors, handle }),
  });
}
