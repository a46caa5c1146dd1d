import assert from "node:assert/strict";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { accountSchemas } from "./account.ts";
import { instanceSchemas } from "./instance.ts";
import { keepingSchemas } from "./keeping.ts";
import { notificationSchemas } from "./notification.ts";
import { programSchemas } from "./program.ts";
import { statusSchemas } from "./status.ts";

const schemas = {
  ...accountSchemas,
  ...instanceSchemas,
  ...keepingSchemas,
  ...notificationSchemas,
  ...programSchemas,
  ...statusSchemas,
};

export type EntityName = keyof typeof schemas;

const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, allowUnionTypes: true });
formats.default(ajv);
for (const [name, schema] of Object.entries(schemas)) ajv.addSchema({ $id: name, ...schema });

/** That a value is what the Mastodon API's documentation says of this entity, with nothing missing and nothing else. */
export function assertEntity(name: EntityName, value: unknown): void {
  const validate: ValidateFunction | undefined = ajv.getSchema(name);
  if (!validate) throw new Error(`there is no schema of ${name}`);
  if (validate(value)) return;
  // Of a union every branch complains; the null that it is not says nothing.
  const complaints = (validate.errors ?? [])
    .filter(
      ({ keyword, params }) => keyword !== "anyOf" && !(keyword === "type" && params["type"] === "null"),
    )
    .map(({ instancePath, message, params, data }) => {
      const what = Object.values(params).map(String).join(", ");
      return `  ${instancePath || "itself"} ${message ?? ""} (${what}), is ${shown(data)}`;
    });
  assert.fail(
    `not a valid ${name}:\n${[...new Set(complaints)].slice(0, 20).join("\n")}\nin ${shown(value, 1_500)}`,
  );
}

/** Of each; and that they are a list. An empty one says nothing unless `least` allows it. */
export function assertEntities(name: EntityName, values: unknown, least = 0): void {
  if (!Array.isArray(values)) assert.fail(`not a list of ${name}: ${shown(values)}`);
  assert.ok(values.length >= least, `${values.length} of ${name}, and not ${least} at least`);
  for (const value of values) assertEntity(name, value);
}

function shown(value: unknown, most = 120): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
