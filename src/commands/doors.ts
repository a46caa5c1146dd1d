import { makeSetUpLink } from "#adapters/deck/set-up.ts";
import { listAuthorities } from "#domain/authorities/authority.ts";
import { findFirstAdmin, isAnybodySignedIn } from "#domain/people/first-admin.ts";
import { linkMinutes } from "#domain/people/sign-in-link.ts";
import { usualData } from "#config.ts";
import type { Services } from "#context.ts";
import { signInLink } from "./sign-in-link.ts";

/** How whoever started Torg gets in: the set-up link, a one-time link, or the command that makes one. */
export async function doors(services: Services): Promise<string[]> {
  const { db, clock } = services;
  const authorities = await db.system(listAuthorities);
  if (authorities.length === 0) {
    const link = await makeSetUpLink(services);
    return link === undefined ? [] : ["Nothing is set up yet. Set it up with this link:", `  ${link}`];
  }
  // The demo's data lies elsewhere than where a command looks by itself.
  const { data } = services.config;
  const command = data === usualData ? "npm run torg --" : `TORG_DATA=${data} npm run torg --`;
  const lines: string[] = [];
  for (const authority of authorities) {
    const now = clock();
    const [admin, open] = await db.read(
      authority.id,
      async (tx) =>
        [await findFirstAdmin(tx, authority.id), await isAnybodySignedIn(tx, authority.id, now)] as const,
    );
    if (!admin) continue;
    const where = authorities.length > 1 ? ` --authority ${authority.domain}` : "";
    if (open) lines.push(`A link to sign in to ${authority.name}: ${command} sign-in ${admin.email}${where}`);
    else
      lines.push(
        `Nobody is signed in to ${authority.name}. ${admin.name} signs in once within ${linkMinutes} minutes with:`,
        `  ${await signInLink(services, authority, admin, now)}`,
      );
  }
  return lines;
}
