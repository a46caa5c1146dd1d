import { Hono } from "hono";
import type { Env, Services } from "#context.ts";
import type { Account } from "#domain/accounts/account.ts";
import { changeProfile, mostFields } from "#domain/accounts/change-profile.ts";
import { createAccount } from "#domain/accounts/create-account.ts";
import { grantAccount } from "#domain/accounts/grants.ts";
import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import type { MediaId } from "#domain/media/media.ts";
import { storeUpload } from "#domain/media/store-picture.ts";
import { paths } from "#ui/staff-page.ts";
import { type FormError, type FormValues, readForm } from "../form-values.ts";
import { notGranted } from "../guard.ts";
import { uploadedPicture, type Uploaded } from "../uploaded-picture.ts";
import { accountsPage, newAccountPage, profilePage, type ProfileValues } from "./account-pages.ts";
import { words } from "./account-words.ts";
import { backTo } from "./page.ts";
import { findOwn, mayManage } from "./may-manage.ts";

/** The authority's voices: opened by administrators, described by those who speak for them. */
export function accountRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const { db } = services;
  const account = `${paths.accounts}/:account`;

  app.get(paths.accounts, (c) => accountsPage(services, c));

  app.get(`${paths.accounts}/new`, (c) =>
    newAccountPage(services, c, {
      handle: "",
      name: "",
      kind: "office",
      role: "",
      answers: "",
      speak: true,
      errors: [],
    }),
  );

  app.post(`${paths.accounts}/new`, async (c) => {
    const form = await readForm(c);
    const { authority } = c.get("site");
    const said = words[c.get("language")];
    const values = {
      handle: form.text("handle").replace(/^@/, ""),
      name: form.text("name").slice(0, 200),
      kind: form.text("kind") === "authority" ? ("authority" as const) : ("office" as const),
      role: form.text("role").slice(0, 200),
      answers: form.text("answers").slice(0, 300),
      speak: form.has("speak"),
    };
    if (values.name === "")
      return newAccountPage(services, c, { ...values, errors: [{ id: "name", message: said.nameMissing }] });
    const keys = await newKeyPair();
    const by = c.get("person").id;
    const { role, answers, ...given } = values;
    const created = await db.as(authority.id, async (tx) => {
      const opened = await createAccount(
        tx,
        authority,
        { ...given, ...(role ? { role } : {}), ...(answers ? { answers } : {}) },
        keys,
        by,
      );
      if (opened.outcome === "created" && values.speak)
        await grantAccount(tx, authority.id, { person: by, account: opened.id }, by);
      return opened;
    });
    if (created.outcome === "created") return backTo(c, `${paths.accounts}/${created.id}`, "account-added");
    const message = created.outcome === "bad-handle" ? said.badHandle : said.handleTaken;
    return newAccountPage(services, c, { ...values, errors: [{ id: "handle", message }] });
  });

  app.get(account, async (c) => {
    const found = await findOwn(services, c.get("site").authority.id, c.req.param("account"));
    if (!found) return c.notFound();
    if (!mayManage(c, found)) return notGranted(c);
    return profilePage(services, c, found, valuesOf(found), []);
  });

  app.post(account, async (c) => {
    const { authority } = c.get("site");
    const found = await findOwn(services, authority.id, c.req.param("account"));
    if (!found) return c.notFound();
    if (!mayManage(c, found)) return notGranted(c);
    const form = await readForm(c);
    const said = words[c.get("language")];
    const values = readProfile(form);
    const uploads = {
      avatar: await uploadedPicture(form.file("avatar")),
      header: await uploadedPicture(form.file("header")),
    };
    const errors: FormError[] = [];
    for (const [id, upload] of Object.entries(uploads)) {
      if (upload.outcome === "not-a-picture") errors.push({ id, message: said.notAPicture });
      if (upload.outcome === "too-large") errors.push({ id, message: said.tooLarge });
    }
    if (errors.length > 0) return profilePage(services, c, found, values, errors);
    const by = c.get("person").id;
    const keep = async (upload: Uploaded, before: MediaId | null, remove: boolean) => {
      if (upload.outcome !== "picture") return { id: remove ? null : before, failed: false };
      const stored = await storeUpload(db, services.mediaStore, authority.id, {
        bytes: upload.bytes,
        person: by,
      });
      return stored.outcome === "stored" ? { id: stored.id, failed: false } : { id: before, failed: true };
    };
    const avatar = await keep(uploads.avatar, found.avatar, form.has("remove-avatar"));
    const header = await keep(uploads.header, found.header, form.has("remove-header"));
    // Else whoever waits for approval would let themselves off it.
    const approval = c.get("person").roles.includes("admin") ? values.approval : found.approval;
    const profile = { ...values, approval, avatar: avatar.id, header: header.id };
    const changed = await db.as(authority.id, (tx) => changeProfile(tx, authority.id, found, profile, by));
    switch (changed.outcome) {
      case "changed":
        return backTo(
          c,
          `${paths.accounts}/${found.id}`,
          avatar.failed || header.failed ? "picture-failed" : "saved",
        );
      case "not-found":
        return c.notFound();
      case "name-missing":
        return profilePage(services, c, found, values, [{ id: "name", message: said.nameMissing }]);
      case "too-many-fields":
      case "field-incomplete":
        return profilePage(services, c, found, values, [
          { id: "field-name-1", message: said.fieldIncomplete },
        ]);
    }
  });

  return app;
}

function valuesOf(account: Account): ProfileValues {
  const { name, role, answers, biographySource, fields, locked, approval } = account;
  return { name, role, answers, biographySource, fields, locked, approval };
}

function readProfile(form: FormValues): ProfileValues {
  const [names, values] = [form.all("field-name"), form.all("field-value")];
  return {
    name: form.text("name").slice(0, 200),
    role: form.text("role").slice(0, 200) || null,
    answers: form.text("answers").slice(0, 300) || null,
    biographySource: form.text("biography").slice(0, 10_000),
    fields: Array.from({ length: mostFields }, (_, index) => ({
      name: (names[index] ?? "").trim().slice(0, 100),
      value: (values[index] ?? "").trim().slice(0, 1000),
    })),
    locked: form.has("locked"),
    approval: form.has("approval"),
  };
}
