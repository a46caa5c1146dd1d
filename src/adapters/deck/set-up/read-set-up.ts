import { isHost } from "#domain/authorities/create-authority.ts";
import type { Language } from "#platform/i18n.ts";
import { objectionTo, type SetUp, type SetUpInput } from "#set-up-authority.ts";
import { accentScheme } from "#ui/colour.ts";
import type { FormError } from "../form-values.ts";
import type { Uploaded } from "../uploaded-picture.ts";
import { words } from "./words.ts";

export type SetUpValues = Omit<SetUpInput, "keys">;

export function readSetUp(form: Record<string, unknown>): SetUpValues {
  const text = (name: string) => (typeof form[name] === "string" ? form[name].trim().slice(0, 300) : "");
  const domain = text("domain").toLowerCase();
  return {
    name: text("name"),
    municipality: text("municipality"),
    languages: text("language") === "en" ? ["en", "sv"] : ["sv", "en"],
    accent: text("accent").toLowerCase(),
    domain,
    handleDomain: text("handle-domain").toLowerCase() || domain,
    account: {
      handle: text("handle").replace(/^@/, ""),
      name: text("account-name"),
      kind: text("kind") === "office" ? "office" : "authority",
    },
    admin: { name: text("admin-name"), email: text("email") },
  };
}

/** Everything that is wrong, each with the field that it belongs to. `refused` is what the set-up itself said. */
export function errorsIn(
  values: SetUpValues,
  upload: Uploaded,
  language: Language,
  refused?: Exclude<SetUp["outcome"], "created">,
): FormError[] {
  const { errors } = words[language];
  const found: FormError[] = [];
  const check = (wrong: boolean, id: string, message: string) => void (wrong && found.push({ id, message }));
  const objection = refused ?? objectionTo(values);
  check(values.name === "" || objection === "name-missing", "name", errors.name);
  check(
    !/^\d{4}$/.test(values.municipality) || objection === "bad-municipality",
    "municipality",
    errors.municipality,
  );
  check(accentScheme(values.accent ?? "").outcome !== "ok", "accent", errors.accent);
  check(upload.outcome === "not-a-picture", "logo", errors.notAPicture);
  check(upload.outcome === "too-large", "logo", errors.tooLarge);
  check(!isHost(values.domain) || objection === "bad-domain", "domain", errors.domain);
  check(objection === "domain-taken", "domain", errors.domainTaken);
  check(!isHost(values.handleDomain) || objection === "bad-handle-domain", "handle-domain", errors.domain);
  check(objection === "bad-handle", "handle", errors.handle);
  check(values.account.name === "", "account-name", errors.accountName);
  check(values.admin.name === "" || objection === "admin-missing", "admin-name", errors.adminName);
  check(!/^[^\s@]+@[^\s@]+$/.test(values.admin.email) || objection === "bad-email", "email", errors.email);
  return found;
}
