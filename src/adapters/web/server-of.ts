/**
 * The server that a resident means: of "@anna@mastodon.example", "mastodon.example" or a pasted address.
 * Undefined for what is no public host name, so that nobody is led elsewhere.
 */
export function serverOf(typed: string, allowPorts = false): string | undefined {
  const text = typed.trim().toLowerCase();
  const host = /^https?:\/\//.test(text)
    ? text.replace(/^https?:\/\//, "").replace(/[/?#].*$/, "")
    : text.slice(text.lastIndexOf("@") + 1);
  const url = URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`) : undefined;
  if (!url || url.username || url.pathname !== "/") return undefined;
  const isName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(
    url.hostname,
  );
  if (!isName || (url.port !== "" && !allowPorts)) return undefined;
  return url.host;
}
