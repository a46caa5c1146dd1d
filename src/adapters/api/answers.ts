import { withBytes } from "#platform/known-bytes.ts";

/** An entity, or a list of them. */
export function answer(entity: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const bytes = new TextEncoder().encode(JSON.stringify(entity));
  const type = { "content-type": "application/json; charset=utf-8" };
  return withBytes(new Response(bytes, { status, headers: { ...type, ...headers } }), bytes);
}

/** What the Mastodon API answers when there is nothing to say. */
export function done(): Response {
  return answer({});
}

/** An error in Mastodon's shape: https://docs.joinmastodon.org/entities/Error/. `description` says what to do. */
export function refuse(status: number, error: string, description?: string): Response {
  return answer({ error, ...(description ? { error_description: description } : {}) }, status);
}

export function missing(): Response {
  return refuse(404, "Record not found");
}

export function forbidden(description?: string): Response {
  return refuse(403, "This action is not allowed", description);
}

/** What was sent cannot be taken; `why` is a sentence for the person who reads it in the app. */
export function invalid(why: string): Response {
  return refuse(422, why);
}
