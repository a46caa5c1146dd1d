import { address, list, object, text } from "./schema.ts";

const inBoth = (description: string) =>
  object(description, {
    sv: text("In Swedish.", { minLength: 1 }),
    en: text("In English.", { minLength: 1 }),
  });

export const entrySchema = object("What there is, and on what terms.", {
  title: inBoth("The title."),
  description: inBoth("What it is."),
  publisher: object("The authority.", {
    name: text("Its name."),
    municipality: text("Municipality code by Statistics Sweden.", { pattern: "^[0-9]{4}$" }),
    url: address("Its own place."),
  }),
  license: object("What may be done with what is the authority's own.", {
    id: text("SPDX."),
    name: text("In words."),
    url: address("The licence itself."),
  }),
  rights: inBoth("Whose the rest is."),
  apiVersion: text("Of this interface.", { pattern: "^1\\.[0-9]+\\.[0-9]+$" }),
  resources: list(
    object("A resource.", {
      name: text("In the address."),
      url: address("Where it is."),
      description: inBoth("What it holds."),
      formats: list(text("Media type."), "In which forms."),
    }),
  ),
  openapi: address("How to ask, by OpenAPI 3.1."),
  catalog: address("The same for catalogues of data, by DCAT-AP-SE."),
  schemas: list(address("JSON Schema 2020-12."), "What the answers look like."),
});
