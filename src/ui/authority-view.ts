import { createHash } from "node:crypto";
import type { Services } from "#context.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { mediaById } from "#domain/media/media.ts";
import { type Accent, accentScheme, accentStylesheet } from "./colour.ts";
import type { AuthorityView } from "./page.ts";
import { pictureOf } from "./present-post.ts";

/** The authority as every page shows it. The logo is asked for once: a picture that is ready never changes. */
export async function authorityView(
  services: Pick<Services, "db">,
  authority: Authority,
): Promise<AuthorityView> {
  const logo = await logoOf(services, authority);
  const { accent, href } = accentOf(authority);
  return {
    name: authority.name,
    accent,
    accentHref: href,
    languages: authority.languages,
    ...(logo ? { logo } : {}),
  };
}

/** The accent with its stylesheet; the name carries the hash of the text, so that it may be kept for ever. */
export function accentOf(authority: Pick<Authority, "accent">): {
  accent: Accent;
  href: string;
  stylesheet: string;
} {
  const known = accents.get(authority.accent);
  if (known) return known;
  const scheme = accentScheme(authority.accent);
  const accent = scheme.outcome === "ok" ? scheme.accent : plain;
  const stylesheet = accentStylesheet(accent);
  const hash = createHash("sha256").update(stylesheet).digest("hex").slice(0, 12);
  const made = { accent, href: `/assets/authority-${hash}.css`, stylesheet };
  accents.set(authority.accent, made);
  return made;
}

const plain: Accent = { light: "#0b5c5f", dark: "#6bc1c4", onLight: "#ffffff", onDark: "#10110f" };
/** As many as there are authorities. */
const accents = new Map<string, { accent: Accent; href: string; stylesheet: string }>();

type Logo = NonNullable<AuthorityView["logo"]>;
const logos = new WeakMap<Services["db"], Map<string, Logo>>();

async function logoOf({ db }: Pick<Services, "db">, authority: Authority): Promise<Logo | undefined> {
  const id = authority.logo;
  if (!id) return undefined;
  const known = logos.get(db) ?? new Map<string, Logo>();
  logos.set(db, known);
  const key = `${authority.id}:${id}`;
  const before = known.get(key);
  if (before) return before;
  const media = await db.read(authority.id, (tx) => mediaById(tx, authority.id, [id]));
  const picture = pictureOf(media.get(id), "small");
  if (!picture) return undefined;
  const logo = { ...picture, alt: authority.name };
  known.set(key, logo);
  return logo;
}
