import { type Html, html } from "#platform/html.ts";

/** Square for ours, round for everyone else: one sees who speaks for the authority before reading. */
export function avatar(
  account: { name: string; ours: boolean; avatar?: { src: string } },
  size: "small" | "normal" | "large" = "normal",
): Html {
  const kind = `avatar${account.ours ? " ours" : ""}${size === "normal" ? "" : ` ${size}`}`;
  // The name stands beside it, so the picture itself says nothing to a screen reader.
  return account.avatar
    ? html`<img
        class="${kind}"
        src="${account.avatar.src}"
        alt=""
        width="96"
        height="96"
        loading="lazy"
        decoding="async"
      />`
    : html`<span class="${kind}" aria-hidden="true">${initial(account.name)}</span>`;
}

/** The first letter of a name, whole also when it is written with combining marks or outside the basic plane. */
export function initial(name: string): string {
  // Most names begin plainly, and cutting them into what people take for letters costs far more than this look.
  const plain = /^[A-Za-z0-9ÅÄÖåäö](?=[\x20-\x7eÅÄÖåäö]|$)/.exec(name);
  if (plain) return plain[0].toLocaleUpperCase("sv");
  for (const { segment } of graphemes.segment(name)) {
    if (/[\p{L}\p{N}]/u.test(segment)) return segment.toLocaleUpperCase("sv");
  }
  return "?";
}

const graphemes = new Intl.Segmenter("sv", { granularity: "grapheme" });
