import { Hono, type Context } from "hono";
import type { Env, Services } from "#context.ts";
import {
  listAbsences,
  removeAbsence,
  setAbsence,
  type Absence,
  type AbsenceSet,
} from "#domain/care/absence.ts";
import { listPeople, type Person } from "#domain/people/person.ts";
import { html, type Html } from "#platform/html.ts";
import { defineWords } from "#platform/i18n.ts";
import { parseId } from "#platform/id.ts";
import { button, section } from "#ui/controls.ts";
import { field, select } from "#ui/form.ts";
import { errorOf, type FormError, type FormValues, readForm } from "../form-values.ts";
import { backTo, pathTo, readerOf } from "../settings/page.ts";
import { isAdmin } from "./may-keep.ts";
import { carePage, carePaths } from "./places.ts";
import { removeButton } from "./remove-button.ts";

type Typed = { person: string; from: string; until: string; substitute: string };

/** When one is away and who stands in: one's own for everybody, others' for administrators. */
export function absenceRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db } = services;

  app.get(carePaths.absence, (c) =>
    absencePage(services, c, { person: c.get("person").id, from: "", until: "", substitute: "" }, []),
  );

  app.post(carePaths.absence, async (c) => {
    const { authority } = c.get("site");
    const self = c.get("person");
    const typed = typedIn(await readForm(c), self.id);
    // A person that one may not speak for reads as oneself: the form of a colleague names nobody.
    const person = isAdmin(c) ? (parseId<"person">(typed.person) ?? self.id) : self.id;
    const set = await db.as(authority.id, (tx) =>
      setAbsence(
        tx,
        authority.id,
        {
          person,
          firstDay: typed.from,
          lastDay: typed.until,
          substitute: parseId<"person">(typed.substitute) ?? null,
        },
        self.id,
      ),
    );
    return set.outcome === "set"
      ? backTo(c, carePaths.absence, "saved")
      : absencePage(services, c, typed, [objection(c, set)]);
  });

  app.post(`${carePaths.absence}/remove`, async (c) => {
    const id = parseId<"absence">((await readForm(c)).text("absence"));
    const { authority } = c.get("site");
    const self = c.get("person").id;
    const removed =
      id &&
      (await db.as(authority.id, (tx) =>
        removeAbsence(tx, authority.id, id, self, isAdmin(c) ? undefined : self),
      ));
    return backTo(c, carePaths.absence, removed && removed.outcome === "removed" ? "removed" : "not-found");
  });

  return app;
}

function typedIn(form: FormValues, self: string): Typed {
  return {
    person: form.text("person") || self,
    from: form.text("from"),
    until: form.text("until"),
    substitute: form.text("substitute"),
  };
}

function objection(c: Context<Env>, set: Exclude<AbsenceSet, { outcome: "set" }>): FormError {
  const said = words[c.get("language")];
  switch (set.outcome) {
    case "bad-days":
      return { id: "until", message: said.badDays };
    case "bad-substitute":
      return { id: "substitute", message: said.badSubstitute };
    case "overlaps":
      return { id: "from", message: said.overlaps };
  }
}

async function absencePage(
  services: Services,
  c: Context<Env>,
  typed: Typed,
  errors: FormError[],
): Promise<Response> {
  const { authority } = c.get("site");
  const self = c.get("person");
  const said = words[c.get("language")];
  const reader = readerOf(services, c);
  const { absences, people } = await services.db.read(authority.id, async (tx) => ({
    absences: await listAbsences(tx, authority.id, reader.today, isAdmin(c) ? undefined : self.id),
    people: await listPeople(tx, authority.id),
  }));
  const choices = (list: readonly Person[]) =>
    list.map(({ id, name }) => ({ value: id as string, label: name }));
  const substitutes = isAdmin(c) ? people : people.filter(({ id }) => id !== self.id);
  return carePage(services, c, {
    place: "absence",
    title: said.title,
    lead: said.lead,
    errors,
    main: html`<form class="form" method="post" action="${pathTo(c, carePaths.absence)}">
        ${isAdmin(c) ? select({ name: "person", label: said.who, value: typed.person, required: true, choices: choices(people) }, reader) : null}${field({ name: "from", label: said.from, type: "date", value: typed.from, required: true, width: "short", ...errorOf(errors, "from") }, reader)}${field({ name: "until", label: said.until, hint: said.untilHint, type: "date", value: typed.until, required: true, width: "short", ...errorOf(errors, "until") }, reader)}${select({ name: "substitute", label: said.substitute, hint: said.substituteHint, value: typed.substitute, choices: [{ value: "", label: said.nobody }, ...choices(substitutes)], ...errorOf(errors, "substitute") }, reader)}
        <div class="row">${button({ label: said.save })}</div>
      </form>
      ${section({ title: isAdmin(c) ? said.all : said.mine, body: absenceList(c, absences, people) })}`,
  });
}

function absenceList(c: Context<Env>, absences: readonly Absence[], people: readonly Person[]): Html {
  const said = words[c.get("language")];
  if (absences.length === 0) return html`<p class="quiet">${said.none}</p>`;
  const nameOf = (id: string | null) => people.find((person) => person.id === id)?.name ?? said.gone;
  return html`<ul class="plain-list">
    ${absences.map(({ id, person, firstDay, lastDay, substitute }) => {
      const name = isAdmin(c) ? `${nameOf(person)}, ` : "";
      const days = firstDay === lastDay ? firstDay : `${firstDay} – ${lastDay}`;
      return html`<li class="row">
        <span><strong>${name}${days}</strong> ${substitute ? said.standIn(nameOf(substitute)) : said.noStandIn}</span>
        <form method="post" action="${pathTo(c, `${carePaths.absence}/remove`)}">
          <input type="hidden" name="absence" value="${id}" />${removeButton(said.remove, name + days)}
        </form>
      </li>`;
    })}
  </ul>`;
}

const words = defineWords(
  {
    title: "Frånvaro",
    lead: "Skriv in när du är borta och vem som tar dina ärenden då. Påminnelser går till den personen, och kollegor ser att du är borta. Varför behöver ingen veta.",
    who: "Vem",
    from: "Första dagen",
    until: "Sista dagen",
    untilHint: "Den dagen är du också borta.",
    substitute: "Ersätts av",
    substituteHint: "Utan ersättare får alla som talar för kontot veta när något dröjer.",
    nobody: "Ingen särskild",
    save: "Spara frånvaron",
    mine: "Din frånvaro",
    all: "Allas frånvaro",
    none: "Ingen frånvaro är inskriven.",
    standIn: (name: string) => `Ersätts av ${name}`,
    noStandIn: "Utan ersättare",
    remove: "Ta bort",
    gone: "Någon som har slutat",
    badDays: "Välj en första dag, och en sista dag som inte kommer före den",
    badSubstitute: "Välj någon annan som ersättare",
    overlaps: "Det finns redan en frånvaro de dagarna. Ta bort den först.",
  },
  {
    title: "Absence",
    lead: "Enter when you are away and who takes your matters then. Reminders go to that person, and colleagues see that you are away. Nobody needs to know why.",
    who: "Who",
    from: "First day",
    until: "Last day",
    untilHint: "You are away that day, too.",
    substitute: "Substitute",
    substituteHint:
      "Without a substitute, everybody who speaks for the account is told when something is late.",
    nobody: "Nobody in particular",
    save: "Save the absence",
    mine: "Your absence",
    all: "Everybody's absence",
    none: "No absence is entered.",
    standIn: (name) => `Substitute: ${name}`,
    noStandIn: "Without a substitute",
    remove: "Remove",
    gone: "Somebody who has left",
    badDays: "Choose a first day, and a last day that is not before it",
    badSubstitute: "Choose somebody else as substitute",
    overlaps: "There is an absence on those days already. Remove it first.",
  },
);
