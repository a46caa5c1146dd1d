/**
 * The address normalised, or undefined for what must not become a link: other schemes, relative addresses,
 * and names or passwords before the host (`https://bank.example@evil.example`).
 */
export function safeHref(href: string, allowed: "web" | "web-and-mail" = "web"): string | undefined {
  if (href.length > MAX_LENGTH) return undefined;
  const url = URL.parse(href.trim());
  if (!url || url.username !== "" || url.password !== "") return undefined;
  if (url.protocol === "http:" || url.protocol === "https:") return url.href;
  if (url.protocol === "mailto:" && allowed === "web-and-mail") return url.href;
  return undefined;
}

const MAX_LENGTH = 2048;
