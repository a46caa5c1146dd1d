import { Hono, type Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { changeAuthority } from "#domain/authorities/change-authority.ts";
import { storeUpload } from "#domain/media/store-picture.ts";
import { html } from "#platform/html.ts";
import { defineWords, languageNames, languages, type Language } from "#platform/i18n.ts";
import { accentScheme } from "#ui/colour.ts";
import { button, descriptionList, notice, section } from "#ui/controls.ts";
import { checkbox, field, radioGroup } from "#ui/form.ts";
import { paths } from "#ui/staff-page.ts";
import { errorOf, type FormError, readForm } from "../form-values.ts";
import { pictureTypes, uploadedPicture } from "../uploaded-picture.ts";
import { backTo, pathTo, settingsPage } from "./page.ts";

type Values = Pick<Authority, "name" | "accent" | "email" | "languages">;

/** How the authority looks and is reached. For administrators. */
export function authorityRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();

  app.get(paths.authority, (c) => authorityPage(services, c, c.get("site").authority, []));

  app.post(paths.authority, async (c) => {
    const form = await readForm(c);
    const { authority } = c.get("site");
    const said = words[c.get("language")];
    const first: Language = form.text("first-language") === "en" ? "en" : "sv";
    const values: Values = {
      name: form.text("name").slice(0, 200),
      accent: form.text("accent").toLowerCase(),
      email: form.text("email") || null,
      languages: form.has("both") ? [first, ...languages.filter((one) => one !== first)] : [first],
    };
    const upload = await uploadedPicture(form.file("logo"));
    const errors: FormError[] = [];
    if (accentScheme(values.accent).outcome !== "ok") errors.push({ id: "accent", message: said.notAColour });
    if (upload.outcome === "not-a-picture") errors.push({ id: "logo", message: said.notAPicture });
    if (upload.outcome === "too-large") errors.push({ id: "logo", message: said.tooLarge });
    if (errors.length > 0) return authorityPage(services, c, values, errors);
    const by = c.get("person").id;
    const stored =
      upload.outcome === "picture"
        ? await storeUpload(services.db, services.mediaStore, authority.id, {
            bytes: upload.bytes,
            person: by,
          })
        : undefined;
    const logo = stored?.outcome === "stored" ? stored.id : form.has("remove-logo") ? null : authority.logo;
    const changed = await services.db.as(authority.id, (tx) =>
      changeAuthority(tx, authority, { ...values, logo }, by),
    );
    switch (changed.outcome) {
      case "changed":
        // A stale copy may live in the host look-up for two seconds; this answer should not show the old look.
        Object.assign(authority, values, { logo });
        return backTo(c, paths.authority, stored && stored.outcome !== "stored" ? "logo-failed" : "saved");
      case "name-missing":
        return authorityPage(services, c, values, [{ id: "name", message: said.nameMissing }]);
      case "bad-email":
        return authorityPage(services, c, values, [{ id: "email", message: said.badEmail }]);
      case "language-missing":
        return authorityPage(services, c, values, [{ id: "first-language", message: said.languageMissing }]);
    }
  });

  return app;
}

function authorityPage(
  services: Services,
  c: Context<Env>,
  values: Values,
  errors: FormError[],
): Promise<Response> {
  const { authority } = c.get("site");
  const language = c.get("language");
  const said = words[language];
  const reader = { language };
  const scheme = accentScheme(values.accent);
  const adjusted =
    scheme.outcome === "ok" && (scheme.adjusted.light || scheme.adjusted.dark) ? scheme.accent : undefined;
  return settingsPage(services, c, {
    title: said.title,
    current: "authority",
    errors,
    main: html`<form class="form" method="post" enctype="multipart/form-data" action="${pathTo(c, paths.authority)}">
        ${field({ name: "name", label: said.name, value: values.name, required: true, autocomplete: "organization", maxLength: 200, ...errorOf(errors, "name") }, reader)}${field({ name: "accent", label: said.accent, hint: said.accentHint, type: "color", value: values.accent, required: true, ...errorOf(errors, "accent") }, reader)}${
          adjusted
            ? notice(
                { tone: "warn", title: said.adjusted, body: said.adjustedTo(adjusted.light, adjusted.dark) },
                reader,
              )
            : null
        }${field({ name: "logo", label: said.logo, hint: said.logoHint, type: "file", accept: pictureTypes, ...errorOf(errors, "logo") }, reader)}${
          authority.logo ? checkbox({ name: "remove-logo", label: said.removeLogo }, reader) : null
        }${field({ name: "email", label: said.email, hint: said.emailHint, type: "email", value: values.email ?? "", ...errorOf(errors, "email") }, reader)}${radioGroup(
          {
            name: "first-language",
            label: said.language,
            hint: said.languageHint,
            required: true,
            value: values.languages[0] ?? "sv",
            choices: languages.map((value) => ({ value, label: languageNames[value] })),
            ...errorOf(errors, "first-language"),
          },
          reader,
        )}${checkbox({ name: "both", label: said.both, checked: values.languages.length > 1 }, reader)}
        <div class="row">${button({ label: said.save })}</div>
      </form>
      ${section({
        title: said.frozen,
        body: html`<p>${said.frozenWhy}</p>
          ${descriptionList([
            { term: said.domain, description: authority.domain },
            { term: said.handleDomain, description: authority.handleDomain },
            { term: said.municipality, description: authority.municipality },
          ])}`,
      })}`,
  });
}

const words = defineWords(
  {
    title: "Myndigheten",
    name: "Namn",
    nameMissing: "Skriv myndighetens namn",
    accent: "Färg",
    accentHint: "Räcker inte kontrasten gör vi den mörkare eller ljusare, så att den går att läsa.",
    notAColour: "Skriv färgen som # och sex tecken, som i #0b5c5f",
    adjusted: "Färgen är ändrad för att gå att läsa.",
    adjustedTo: (light: string, dark: string) =>
      `På ljus botten är den ${light}, på mörk ${dark}. Nyansen är densamma.`,
    logo: "Ny logotyp",
    logoHint: "PNG, JPEG eller WebP, högst 20 MB. Utan ny fil behålls den som finns.",
    removeLogo: "Ta bort logotypen",
    notAPicture: "Logotypen kunde inte läsas. Välj en fil som är PNG, JPEG eller WebP",
    tooLarge: "Logotypen är större än 20 MB. Välj en mindre fil",
    email: "E-postadress för frågor",
    emailHint: "Står på sidorna om oss och personuppgifter.",
    badEmail: "Skriv en e-postadress, som i kommun@exempel.se",
    language: "Första språk",
    languageHint: "Står på den korta adressen. Byts det ändras sidornas adresser.",
    languageMissing: "Välj språk",
    both: "Erbjud sidorna också på det andra språket",
    save: "Spara",
    frozen: "Det som inte går att ändra",
    frozenWhy: "Andra servrar minns adresserna och hittar annars inte tillbaka.",
    domain: "Sidornas adress",
    handleDomain: "Adress i kontonamn",
    municipality: "Kommunkod",
  },
  {
    title: "The authority",
    name: "Name",
    nameMissing: "Write the name of the authority",
    accent: "Colour",
    accentHint: "If its contrast is too weak we make it darker or lighter, so that it can be read.",
    notAColour: "Write the colour as # and six characters, as in #0b5c5f",
    adjusted: "The colour was changed so that it can be read.",
    adjustedTo: (light, dark) => `On light ground it is ${light}, on dark ${dark}. The hue is the same.`,
    logo: "New logo",
    logoHint: "PNG, JPEG or WebP, at most 20 MB. Without a new file the present one is kept.",
    removeLogo: "Remove the logo",
    notAPicture: "The logo could not be read. Choose a file that is PNG, JPEG or WebP",
    tooLarge: "The logo is larger than 20 MB. Choose a smaller file",
    email: "E-mail address for questions",
    emailHint: "Stands on the pages about us and personal data.",
    badEmail: "Write an e-mail address, as in info@authority.se",
    language: "First language",
    languageHint: "Has the short address. Changing it changes the addresses of the pages.",
    languageMissing: "Choose a language",
    both: "Offer the pages in the other language, too",
    save: "Save",
    frozen: "What cannot be changed",
    frozenWhy: "Other servers remember the addresses and would not find back.",
    domain: "Address of the pages",
    handleDomain: "Address in account names",
    municipality: "Municipality code",
  },
);
