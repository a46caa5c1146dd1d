import { idOf, idsOf, objectOf, sameHost, stringOf, typeOf, uriOf, type Json } from "./as2.ts";

/** Why an activity cannot be its actor's to send, as far as it says itself; undefined when it may. */
export function objectionTo(activity: Json, actor: string): string | undefined {
  const id = uriOf(activity["id"]);
  if (id && !sameHost(id, actor)) return "its id is on another host";
  const type = typeOf(activity);
  if (type !== "Create" && type !== "Update" && type !== "Delete") return undefined;
  const object = idOf(activity["object"]);
  if (object && !sameHost(object, actor)) return "its object is on another host";
  const authors = idsOf(objectOf(activity["object"])?.["attributedTo"]);
  if (type !== "Delete" && authors.length > 0 && !authors.includes(actor)) return "its object is another's";
  return undefined;
}

/**
 * Under what name an activity counts as a repetition. Some servers name every Update or Undo of one thing alike
 * (snac2: <object>/Update), so those are told apart by their bytes.
 */
export function nameOf(activity: Json, digest: string): string {
  const id = uriOf(activity["id"]);
  const type = typeOf(activity) ?? "";
  if (!id) return `sha-256:${digest}`;
  return ["Create", "Delete", "Follow", "Like", "EmojiReact", "Announce", "Block", "Flag"].includes(type)
    ? id
    : `${id} sha-256:${digest}`;
}

/** What an Undo takes back may be said again under the same name; nobody gives back what another has said. */
export function nameUndone(activity: Json): string | undefined {
  const [actor, undone] = [idOf(activity["actor"]), idOf(activity["object"])];
  return typeOf(activity) === "Undo" && actor && undone && sameHost(actor, undone) ? undone : undefined;
}

export function shortFacts(activity: Json): { id: string | null; type: string | null } {
  return { id: uriOf(activity["id"]) ?? null, type: stringOf(typeOf(activity)) ?? null };
}
