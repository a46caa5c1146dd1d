import { firstLanguage } from "#domain/authorities/authority.ts";
import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import { listOwnAccounts } from "#domain/accounts/account.ts";
import { grantAccount, listGrants, revokeGrant } from "#domain/accounts/grants.ts";
import { changeRoles } from "#domain/people/change-person.ts";
import { endPerson } from "#domain/people/end-person.ts";
import { handOverLink } from "#domain/people/hand-over-link.ts";
import { addPerson, findPerson, type PersonId, type Role } from "#domain/people/person.ts";
import { parseId } from "#platform/id.ts";
import { paths } from "#ui/staff-page.ts";
import { type FormError, type FormValues, readForm } from "../form-values.ts";
import { backTo, pathTo } from "./page.ts";
import { linkPage, peoplePage, personPage } from "./people-pages.ts";
import { words } from "./people-words.ts";

/** Who may sign in, what they administer and which accounts they speak for. For administrators. */
export function peopleRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db, clock } = services;
  const person = `${paths.people}/:person`;

  app.get(paths.people, (c) => peoplePage(services, c, { name: "", email: "", errors: [] }));

  app.post(paths.people, async (c) => {
    const form = await readForm(c);
    const { authority } = c.get("site");
    const said = words[c.get("language")];
    const [name, email] = [form.text("name").slice(0, 200), form.text("email").slice(0, 300)];
    const errors: FormError[] = name === "" ? [{ id: "name", message: said.nameMissing }] : [];
    const added =
      errors.length === 0
        ? await db.as(authority.id, (tx) =>
            addPerson(
              tx,
              authority.id,
              { name, email, roles: rolesIn(form), language: firstLanguage(authority) },
              c.get("person").id,
            ),
          )
        : undefined;
    if (added?.outcome === "added") return backTo(c, `${paths.people}/${added.id}`, "person-added");
    if (added)
      errors.push({ id: "email", message: added.outcome === "bad-email" ? said.badEmail : said.emailTaken });
    return peoplePage(services, c, { name, email, errors });
  });

  app.get(person, async (c) => {
    const { authority } = c.get("site");
    const found = await db.read(authority.id, async (tx) => {
      const person = await findPerson(tx, authority.id, idOf(c.req.param("person")));
      return (
        person && {
          person,
          accounts: await listOwnAccounts(tx, authority.id),
          grants: await listGrants(tx, authority.id),
        }
      );
    });
    return found ? personPage(services, c, found) : c.notFound();
  });

  app.post(person, async (c) => {
    const form = await readForm(c);
    const { authority } = c.get("site");
    const id = idOf(c.req.param("person"));
    const by = c.get("person").id;
    const outcome = await db.as(authority.id, async (tx) => {
      const changed = await changeRoles(tx, authority.id, id, rolesIn(form), by);
      if (changed.outcome !== "changed") return changed.outcome;
      const wanted = new Set(form.all("account"));
      for (const account of await listOwnAccounts(tx, authority.id)) {
        const grant = { person: id, account: account.id };
        await (wanted.has(account.id) ? grantAccount : revokeGrant)(tx, authority.id, grant, by);
      }
      return "changed" as const;
    });
    if (outcome === "not-found") return c.notFound();
    return backTo(c, `${paths.people}/${id}`, outcome === "last-admin" ? "last-admin" : "saved");
  });

  app.post(`${person}/link`, async (c) => {
    const { authority, origin } = c.get("site");
    const id = idOf(c.req.param("person"));
    const made = await db.as(authority.id, (tx) =>
      handOverLink(tx, authority.id, id, c.get("person").id, clock()),
    );
    return made
      ? linkPage(services, c, made.person, `${origin}${pathTo(c, `/sign-in/${made.secret}`)}`)
      : c.notFound();
  });

  app.post(`${person}/end`, async (c) => {
    const { authority } = c.get("site");
    const id = idOf(c.req.param("person"));
    const ended = await db.as(authority.id, (tx) =>
      endPerson(tx, authority.id, id, c.get("person").id, clock()),
    );
    if (ended.outcome === "not-found") return c.notFound();
    if (ended.outcome === "last-admin") return backTo(c, `${paths.people}/${id}`, "last-admin");
    return backTo(c, paths.people, "person-ended");
  });

  return app;
}

/** What is no id finds nobody: no row has the id 0. */
function idOf(text: string | undefined): PersonId {
  return parseId<"person">(text) ?? ("0" as PersonId);
}

function rolesIn(form: FormValues): Role[] {
  return (["admin", "moderator"] as const).filter((role) => form.all("role").includes(role));
}
