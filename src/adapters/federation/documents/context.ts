export const activityStreams = "https://www.w3.org/ns/activitystreams";
export const publicAudience = `${activityStreams}#Public`;

/** A document or an activity on its way out. */
export type ActivityJson = Record<string, unknown>;

/**
 * The words we use beyond ActivityStreams. `toot`, `schema` and `as:` are what Mastodon established. `torg` is ours:
 * torg:authority (on the account of an office: the account of the authority that it belongs to), torg:offices (the
 * other way), torg:capacity (on a post: "authority", "office" or "personal", as whom it speaks).
 */
const extensions = {
  toot: "http://joinmastodon.org/ns#",
  schema: "http://schema.org#",
  torg: "urn:torg:ns#",
  manuallyApprovesFollowers: "as:manuallyApprovesFollowers",
  alsoKnownAs: { "@id": "as:alsoKnownAs", "@type": "@id" },
  sensitive: "as:sensitive",
  Hashtag: "as:Hashtag",
  featured: { "@id": "toot:featured", "@type": "@id" },
  discoverable: "toot:discoverable",
  indexable: "toot:indexable",
  PropertyValue: "schema:PropertyValue",
  value: "schema:value",
  "torg:authority": { "@id": "torg:authority", "@type": "@id" },
  "torg:offices": { "@id": "torg:offices", "@type": "@id" },
};

const context = [activityStreams, "https://w3id.org/security/v1", extensions];

/** A document that stands by itself: those embedded in another go without the context. */
export function standalone(document: ActivityJson): ActivityJson {
  return { "@context": context, ...document };
}
