import type { Params } from "../params.ts";

/**
 * The lines of a profile: a list, a hash with numbers for keys, or (as some apps write a list in a form) names and
 * values one after the other.
 */
export function profileFields(params: Params): { name: string; value: string }[] {
  const fields: { name?: string | undefined; value?: string | undefined }[] = [];
  for (const part of params.all("fields_attributes")) {
    const [name, value] = [part.text("name"), part.text("value")];
    const last = fields.at(-1);
    if (last && name === undefined && last.value === undefined) last.value = value;
    else if (last && value === undefined && last.name === undefined) last.name = name;
    else fields.push({ name, value });
  }
  return fields.map(({ name = "", value = "" }) => ({ name: name.trim(), value: value.trim() }));
}
