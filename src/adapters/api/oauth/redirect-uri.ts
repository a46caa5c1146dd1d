/** Instead of going anywhere, the code is shown on our page (RFC 6749 knows it not; Mastodon and its clients do). */
export const outOfBand = "urn:ietf:wg:oauth:2.0:oob";

/** Schemes that run or show something in the browser itself, or start something else than the app that asks. */
const refused = new Set(
  "javascript data vbscript blob file filesystem about view-source intent mailto tel sms ws wss ftp urn".split(
    " ",
  ),
);

/**
 * Why an app may not be answered there; undefined when it may. Plain http is for apps on the reader's own
 * machine alone (RFC 9700, 2.6): over a network anyone on the way would read the code.
 */
export function refusalOf(uri: string): string | undefined {
  if (uri === outOfBand) return undefined;
  const url = URL.parse(uri);
  // "https:/path" is an address elsewhere when read by itself, and one of ours when a browser is sent there by us.
  const isRelative = /^https?:(?!\/\/)/i.test(uri);
  if (!url || isRelative || !/^[\x21-\x7e]{1,2000}$/.test(uri))
    return "Redirect URI must be an absolute URI.";
  const scheme = url.protocol.slice(0, -1);
  if (uri.includes("#")) return "Redirect URI cannot contain a fragment.";
  if (refused.has(scheme)) return "Redirect URI is forbidden by the server.";
  if (url.username || url.password) return "Redirect URI cannot contain a user name or a password.";
  if (scheme === "http" && !isHere(url))
    return "Redirect URI must be an HTTPS URI, except on the loopback address.";
  return undefined;
}

/** Where an answer goes, with its parameters after those that the app has put there itself. */
export function answerAt(uri: string, answer: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(answer)) if (value !== undefined) query.set(name, value);
  return `${uri}${uri.includes("?") ? "&" : "?"}${query.toString()}`;
}

/** Who will be answered, for a person to judge. */
export type Destination =
  | { kind: "site"; host: string }
  | { kind: "app"; scheme: string }
  | { kind: "own-machine" }
  | { kind: "shown" };

export function destinationOf(uri: string): Destination {
  const url = URL.parse(uri);
  if (uri === outOfBand || !url) return { kind: "shown" };
  if (!/^https?:$/.test(url.protocol)) return { kind: "app", scheme: url.protocol.slice(0, -1) };
  return isHere(url) ? { kind: "own-machine" } : { kind: "site", host: url.host };
}

/**
 * Where the form of the page may lead. Chromium holds every redirect that follows a form to form-action, also those
 * that the app's site makes after ours: so any https, or the one place on the reader's own machine.
 */
export function formActionOf(uri: string): string {
  const url = URL.parse(uri);
  if (uri === outOfBand || !url) return "'self'";
  if (url.protocol !== "http:") return `'self' ${url.protocol}`;
  // The policy has no form for a literal IPv6 address.
  return `'self' ${url.hostname.startsWith("[") ? "http:" : url.origin}`;
}

function isHere(url: URL): boolean {
  return (
    /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname) && /^https?:$/.test(url.protocol)
  );
}
