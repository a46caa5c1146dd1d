/** Where to go after signing in: a path of this very site, or the deck. Anything that could lead elsewhere is refused. */
export function safeNext(wish: string | undefined, origin: string): string {
  // Browsers read a backslash as a slash and drop tabs and line breaks, so "/\evil" is another host to them.
  if (!wish || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(wish)) return "/deck";
  const url = URL.parse(wish, origin);
  // "/..//evil" is a path of ours until its dots are taken away.
  if (!url || url.pathname.startsWith("//")) return "/deck";
  if (url.origin !== origin || /^\/(sv\/|en\/)?sign-(in|out)(\/|$)/.test(url.pathname)) return "/deck";
  return url.pathname + url.search;
}
