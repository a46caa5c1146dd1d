import type { Services, Site } from "#context.ts";
import type { PushKey } from "#domain/notifications/push-key.ts";
import { pushedHours } from "#domain/notifications/push-due.ts";
import type { PushSubscription } from "#domain/notifications/push-subscription.ts";

/**
 * taken: the service will tell the device; gone: there is no such device any more; later: not now (undefined: no answer
 * at all); refused: this message is not taken.
 */
export type PushSent =
  | { outcome: "taken" | "gone" | "refused" }
  | { outcome: "later"; afterSeconds: number | undefined; answered: boolean };

const longestMs = 5_000;
const longestAnswer = 64 * 1024;

/** Encrypts for the device (RFC 8291, or its fourth draft) and hands it to the push service (RFC 8030, 8292). */
export async function sendPush(
  services: Pick<Services, "fetch">,
  site: Site,
  { endpoint, p256dh, auth, standard }: PushSubscription,
  key: PushKey,
  message: { text: string; urgent: boolean },
): Promise<PushSent> {
  // Most processes never send any.
  const { default: webPush } = await import("web-push");
  const request = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, message.text, {
    vapidDetails: { subject: subjectOf(site), ...key },
    TTL: pushedHours * 3_600,
    urgency: message.urgent ? "high" : "normal",
    contentEncoding: standard ? "aes128gcm" : "aesgcm",
  });
  const headers = Object.entries<string | number>(request.headers).map(([name, value]) => [
    name,
    String(value),
  ]);
  const answer = await services.fetch(endpoint, {
    method: "POST",
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: request.body,
    timeoutMs: longestMs,
    maxBytes: longestAnswer,
  });
  if (!answer.ok)
    return answer.reason === "timeout" || answer.reason === "network"
      ? { outcome: "later", afterSeconds: undefined, answered: false }
      : { outcome: "refused" };
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: "taken" };
  if (status === 404 || status === 410) return { outcome: "gone" };
  if (status !== 429 && status < 500) return { outcome: "refused" };
  const after = answer.headers.get("retry-after") ?? "";
  return {
    outcome: "later",
    afterSeconds: /^\d{1,6}$/.test(after) ? Number(after) : undefined,
    answered: true,
  };
}

/** Whom a push service turns to when something is wrong. */
function subjectOf({ authority, origin }: Site): string {
  if (authority.email) return `mailto:${authority.email}`;
  return origin.startsWith("https:") ? origin : `mailto:postmaster@${new URL(origin).hostname}`;
}
