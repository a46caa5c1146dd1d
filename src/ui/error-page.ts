import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { pathIn, type Env, type Services } from "#context.ts";
import { html } from "#platform/html.ts";
import { defineWords, type Language } from "#platform/i18n.ts";
import { button, pageHead } from "./controls.ts";
import { sitePage } from "./site-page.ts";

export type ErrorStatus = 400 | 403 | 404 | 410 | 413 | 429 | 500;

/**
 * What happened, what was kept and what to do: as a page in the authority's look, as JSON for who asks for that,
 * as plain text where no authority is known or even its look cannot be had.
 */
export async function errorPage(
  services: Pick<Services, "assets" | "db">,
  c: Context<Env>,
  status: ErrorStatus,
  own: { title?: string; lead?: string } = {},
): Promise<Response> {
  const site = c.get("site");
  const language: Language = c.get("language") ?? "sv";
  const { title, lead } = { ...words[language][`_${status}`], ...own };
  c.header("cache-control", "no-store");
  if (wantsJson(c.req.header("accept"))) return c.json({ error: `${title}. ${lead}` }, status);
  const plain = () => c.text(`${title}. ${lead}\n`, status as ContentfulStatusCode);
  if (!site) return plain();
  const to = (path: string) => pathIn(site.authority, language, path);
  const { search, reference } = words[language];
  // A colleague works in the deck, and goes on there.
  const home = c.get("person")
    ? { label: words[language].deck, href: to("/deck") }
    : { label: words[language].home, href: to("/") };
  try {
    const page = await sitePage(
      services,
      { site, language, path: "/" },
      {
        title,
        robots: "noindex",
        translated: false,
        main: html`${pageHead({
          title,
          lead,
          actions: html`${button(home)}${button({ label: search, look: "plain", icon: "search", href: to("/search") })}`,
        })}${status === 500 ? html`<p class="quiet">${reference(c.get("requestId") ?? "–")}</p>` : null}`,
      },
    );
    return c.html(page.text, status as ContentfulStatusCode);
  } catch {
    // The page needs the database for the logo; what has failed may be just that.
    return plain();
  }
}

/** Programs say so; a browser names HTML first, and curl takes anything. */
function wantsJson(accept = ""): boolean {
  return /\bjson\b/.test(accept) && !accept.includes("text/html");
}

const words = defineWords(
  {
    home: "Till startsidan",
    deck: "Tillbaka till däcket",
    search: "Sök",
    reference: (id: string) => `Om du hör av dig till oss: uppge ${id}, så hittar vi vad som hände.`,
    _400: {
      title: "Det gick inte att läsa",
      lead: "Något i det som skickades saknas eller har fel form. Inget är ändrat. Gå tillbaka och försök igen.",
    },
    _403: {
      title: "Du får inte göra det här",
      lead: "Sidan är till för dem som har fått tillgång till den. Inget är ändrat. Fråga den som sköter platsen om du ska ha tillgång.",
    },
    _404: {
      title: "Sidan finns inte",
      lead: "Adressen kan vara felskriven, eller så är sidan flyttad. Sök gärna efter det du letade efter.",
    },
    _410: {
      title: "Inlägget är borttaget",
      lead: "Det visas inte längre här. Det som sades finns kvar bland myndighetens handlingar och kan begäras ut.",
    },
    _413: {
      title: "Det är för stort",
      lead: "Det som skickades är större än vad som tas emot här. Inget är ändrat. Korta det, eller skicka en mindre fil.",
    },
    _429: {
      title: "För många på en gång",
      lead: "Det har kommit många meddelanden från ditt nätverk på kort tid, så det senaste är inte sparat. Vänta en timme och försök igen, eller mejla oss.",
    },
    _500: {
      title: "Något gick fel hos oss",
      lead: "Det är inte ditt fel. Det som redan var sparat finns kvar. Försök igen om en stund.",
    },
  },
  {
    home: "To the start page",
    deck: "Back to the deck",
    search: "Search",
    reference: (id) => `If you contact us, give ${id} and we can find what happened.`,
    _400: {
      title: "That could not be read",
      lead: "Something in what was sent is missing or has the wrong form. Nothing was changed. Go back and try again.",
    },
    _403: {
      title: "You may not do this",
      lead: "The page is for those who have been given access to it. Nothing was changed. Ask whoever runs this site if you should have access.",
    },
    _404: {
      title: "There is no such page",
      lead: "The address may be misspelt, or the page may have moved. Try searching for what you were looking for.",
    },
    _410: {
      title: "This post has been removed",
      lead: "It is no longer shown here. What was said remains in the authority's records and can be requested.",
    },
    _413: {
      title: "That is too large",
      lead: "What was sent is larger than what is taken here. Nothing was changed. Shorten it, or send a smaller file.",
    },
    _429: {
      title: "Too many at once",
      lead: "Many messages have come from your network in a short time, so the last one was not saved. Wait an hour and try again, or e-mail us.",
    },
    _500: {
      title: "Something went wrong on our side",
      lead: "It is not your fault. What was already saved is safe. Try again in a while.",
    },
  },
);
