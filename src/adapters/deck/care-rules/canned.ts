import { Hono, type Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import {
  findCanned,
  keepCanned,
  removeCanned,
  type CannedAnswer,
  type CannedDraft,
  type CannedKept,
} from "#domain/care/canned-answers.ts";
import { unknownPlaceholders } from "#domain/care/placeholders.ts";
import { parseId } from "#platform/id.ts";
import { notGranted } from "../guard.ts";
import { type FormError, type FormValues, readForm } from "../form-values.ts";
import { seatOf } from "../seat.ts";
import { backTo } from "../settings/page.ts";
import { cannedFormPage, cannedPage } from "./canned-pages.ts";
import { cannedWords } from "./canned-words.ts";
import { accountsSeen, mayKeep } from "./may-keep.ts";
import { carePaths } from "./places.ts";

/** Answers that are ready: for those who speak for an account; those for all accounts, for administrators. */
export function cannedRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db, clock } = services;
  const here = carePaths.canned;
  const one = `${here}/:canned{[1-9][0-9]{17,18}}`;

  app.get(here, (c) => (seatOf(c) ? cannedPage(services, c) : notGranted(c)));

  app.get(`${here}/new`, async (c) => {
    const [first] = await accountsSeen(services, c);
    const account = first?.id ?? null;
    if (!mayKeep(c, account)) return notGranted(c);
    const draft: CannedDraft = {
      account,
      language: c.get("language"),
      name: "",
      text: "",
      sourceUrl: null,
      expiresOn: null,
    };
    return cannedFormPage(services, c, undefined, draft, []);
  });

  app.post(`${here}/new`, (c) => keep(c, undefined));

  app.get(one, async (c) => {
    const answer = await find(c);
    if (!answer) return c.notFound();
    return mayKeep(c, answer.account) ? cannedFormPage(services, c, answer, answer, []) : notGranted(c);
  });

  app.post(one, async (c) => {
    const answer = await find(c);
    if (!answer) return c.notFound();
    return mayKeep(c, answer.account) ? keep(c, answer) : notGranted(c);
  });

  app.post(`${one}/remove`, async (c) => {
    const answer = await find(c);
    if (!answer) return c.notFound();
    if (!mayKeep(c, answer.account)) return notGranted(c);
    const { authority } = c.get("site");
    await db.as(authority.id, (tx) => removeCanned(tx, authority.id, answer.id, c.get("person").id));
    return backTo(c, here, "removed");
  });

  async function find(c: Context<Env>): Promise<CannedAnswer | undefined> {
    const id = parseId<"canned">(c.req.param("canned"));
    const { authority } = c.get("site");
    return id && db.read(authority.id, (tx) => findCanned(tx, authority.id, id));
  }

  async function keep(c: Context<Env>, answer: CannedAnswer | undefined): Promise<Response> {
    const draft = draftIn(await readForm(c));
    const seen = await accountsSeen(services, c);
    const known = draft.account === null || seen.some(({ id }) => id === draft.account);
    if (!known || !mayKeep(c, draft.account)) return notGranted(c);
    const holes = unknownPlaceholders(draft.text);
    if (holes.length > 0) {
      const names = holes.map((name) => `{${name}}`).join(", ");
      return cannedFormPage(services, c, answer, draft, [
        { id: "text", message: cannedWords[c.get("language")].unknown(names) },
      ]);
    }
    const { authority } = c.get("site");
    const by = { person: c.get("person").id, now: clock() };
    const kept = await db.as(authority.id, (tx) => keepCanned(tx, authority.id, answer?.id, draft, by));
    if (kept.outcome === "kept") return backTo(c, here, "saved");
    if (kept.outcome === "not-found") return c.notFound();
    return cannedFormPage(services, c, answer, draft, [objection(c, kept)]);
  }

  return app;
}

function draftIn(form: FormValues): CannedDraft {
  return {
    account: (form.text("account") || null) as AccountId | null,
    language: form.text("language") === "en" ? "en" : "sv",
    name: form.text("name").slice(0, 200),
    text: form.text("text").replaceAll("\r\n", "\n").slice(0, 5_000),
    sourceUrl: form.text("source").slice(0, 2_000) || null,
    expiresOn: form.text("expires") || null,
  };
}

function objection(
  c: Context<Env>,
  kept: Exclude<CannedKept, { outcome: "kept" } | { outcome: "not-found" }>,
): FormError {
  const said = cannedWords[c.get("language")];
  switch (kept.outcome) {
    case "name-missing":
      return { id: "name", message: said.nameMissing };
    case "text-missing":
      return { id: "text", message: said.textMissing };
    case "bad-source":
      return { id: "source", message: said.badSource };
    case "bad-date":
      return { id: "expires", message: said.badDate };
  }
}
