import { isTagName } from "#domain/text/recognise.ts";
import { answer, missing } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { tagsOf } from "../entities/tag.ts";

/** GET /api/v1/tags/:name: also of a tag that nobody has used yet. */
export async function showTag(call: Call): Promise<Response> {
  const { services, site, caller, now } = call;
  const name = tagInPath(call);
  if (!name) return missing();
  return services.db.read(site.authority.id, async (tx) => {
    const [tag] = await tagsOf(tx, site, [name], caller?.account.id, now);
    return answer(tag);
  });
}

/** Undefined for what can be no tag. */
export function tagInPath({ params }: Pick<Call, "params">): string | undefined {
  const name = params.text("name")?.replace(/^#/, "") ?? "";
  return isTagName(name) && name.length <= 200 ? name : undefined;
}
