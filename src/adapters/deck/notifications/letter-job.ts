import { pathIn, siteOf, type Services, type Site } from "#context.ts";
import { type AuthorityId, findAuthority, firstLanguage } from "#domain/authorities/authority.ts";
import { findDueLetter, markMailed, type DueLetter } from "#domain/notifications/letters.ts";
import type { JobHandler } from "#platform/jobs.ts";
import { parseId } from "#platform/id.ts";
import { notificationWords } from "./words.ts";

/** Letters about what somebody has asked to be told of, and has not seen in the deck. */
export function notificationJobs(
  services: Pick<Services, "config" | "db" | "clock" | "mail">,
): Record<string, JobHandler> {
  const { db, clock, mail } = services;
  return {
    "send-notification-letter": async (payload) => {
      const id = payload["authority"] as AuthorityId;
      const notification = parseId<"notification">(payload["notification"]);
      if (!mail || !notification) return;
      const found = await db.as(id, async (tx) => {
        const authority = await findAuthority(tx, id);
        const letter = authority && (await findDueLetter(tx, id, notification, clock()));
        return letter && { letter, site: siteOf(services.config, authority) };
      });
      if (!found) return;
      await mail(letterFor(found.site, found.letter));
      await db.as(id, (tx) => markMailed(tx, id, notification, clock()));
    },
  };
}

/** Says that something waits and where. What was written stays behind sign-in: a letter passes many hands. */
function letterFor(site: Site, { to, kind, post }: DueLetter) {
  const { authority } = site;
  const language = authority.languages.includes(to.language) ? to.language : firstLanguage(authority);
  const words = notificationWords[to.language].letter;
  const path = post ? `/deck/posts/${post}` : "/deck/notifications";
  return {
    to: to.email,
    subject: words.subject[kind](authority.name),
    text: words.text(
      to.name,
      words.what[kind],
      site.origin + pathIn(authority, language, path),
      site.origin + pathIn(authority, language, "/deck/notifications"),
    ),
  };
}
