/**
 * `words[][id]=1&words[][text]=a&words[][id]=2` → `words[0][id]=1&words[0][text]=a&words[1][id]=2`: in lists of hashes a
 * name that comes again begins the next one, as Rails reads them and apps therefore send them.
 */
export function numberNested(form: string): string {
  if (!/(\[|%5B)(\]|%5D)(\[|%5B)/i.test(form)) return form;
  const lists = new Map<string, { index: number; seen: Set<string> }>();
  return form
    .split("&")
    .map((pair) => {
      const end = pair.indexOf("=");
      const name = decode(end < 0 ? pair : pair.slice(0, end));
      const [, list, key, rest] = /^([^[\]]+)\[\]\[([^[\]]+)\](.*)$/s.exec(name) ?? [];
      if (list === undefined || key === undefined) return pair;
      const at = lists.get(list) ?? { index: 0, seen: new Set() };
      // A list within (`words[][tags][]`) goes on in the same hash.
      if (at.seen.has(key) && rest === "") {
        at.index += 1;
        at.seen.clear();
      }
      at.seen.add(key);
      lists.set(list, at);
      return `${encodeURIComponent(`${list}[${at.index}][${key}]${rest}`)}${end < 0 ? "" : pair.slice(end)}`;
    })
    .join("&");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
