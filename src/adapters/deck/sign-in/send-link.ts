import { firstLanguage } from "#domain/authorities/authority.ts";
import { pathIn, type Services, type Site } from "#context.ts";
import { linkByEmail } from "#domain/people/sign-in-link.ts";
import { words } from "./words.ts";

/** Makes a link if the address is a colleague's, and brings it to them: by e-mail, or to whoever stands at the terminal. */
export async function sendLink(
  services: Pick<Services, "db" | "clock" | "mail" | "announce">,
  site: Site,
  email: string,
  next: string,
): Promise<void> {
  const { authority } = site;
  const made = await services.db.as(authority.id, (tx) =>
    linkByEmail(tx, authority.id, email, services.clock()),
  );
  if (made.outcome === "nobody") return;
  const { person, secret } = made;
  const language = authority.languages.includes(person.language) ? person.language : firstLanguage(authority);
  const link = `${site.origin}${pathIn(authority, language, `/sign-in/${secret}`)}${next === "/deck" ? "" : `?next=${encodeURIComponent(next)}`}`;
  const { mail, announced } = words[person.language];
  if (!services.mail) return services.announce(announced.line(person.name, link));
  await services.mail({
    to: person.email,
    subject: mail.subject(authority.name),
    text: mail.text(person.name, authority.name, link),
  });
}
