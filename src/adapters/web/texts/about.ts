import { html } from "#platform/html.ts";
import type { Language } from "#platform/i18n.ts";
import type { Facts, StandingText } from "../standing-pages.ts";

export const aboutText: Record<Language, (facts: Facts) => StandingText> = {
  sv: ({ name, handleDomain, contact, to }) => ({
    title: "Om oss",
    lead: `Det här är ${name}s egen plats för samtal med dem som bor, arbetar och vistas här.`,
    body: html`<h2>Vad platsen är till för</h2>
      <p>
        Här berättar vi vad som händer, ställer frågor och svarar på dina. Det vi skriver visas här först. Du kan läsa
        utan konto. Vi registrerar inte vem som läser.
      </p>
      <h2>Vem som talar</h2>
      <p>
        Vid varje inlägg står i vilken egenskap det är skrivet: <strong>för myndigheten</strong>,
        <strong>i tjänsten</strong> eller <strong>personligen</strong>. Alla konton slutar på @${handleDomain} och
        <a href="${to("/accounts")}">står i vår lista</a>. Ett konto som inte står där är inte vårt.
      </p>
      <h2>Så svarar du</h2>
      <p>
        Platsen hör till fediversum: många fristående nätverk som når varandra. Har du ett konto på till exempel en
        Mastodon-server kan du följa oss och svara därifrån. Välj ”Svara” under ett inlägg, så visar vi hur. Ett offentligt
        svar visas här, i sitt sammanhang.
      </p>
      <h2>Ändringar syns</h2>
      <p>
        Ändrar vi ett inlägg står det vid inlägget, med skäl, och alla versioner går att läsa. Tar vi bort ett inlägg
        står det på dess plats att det är borttaget.
      </p>
      <h2>Öppna data</h2>
      <p>
        Vilka konton som är våra, vad de har skrivit och vad som har svarats finns också som
        <a href="/api/open/v1">öppna data</a>, för den som vill granska, räkna eller bygga vidare. Det vi själva har
        skrivit får användas fritt. Det andra har skrivit är deras, och orden lämnas bara ut om den som skrev har gått
        med på att synas i sökmotorer.
      </p>
      <h2>Kontakt</h2>
      <p>
        ${name} ansvarar för platsen. Du når oss på ${contact}. Gäller det ett eget ärende ska du inte skriva om det
        här utan höra av dig direkt till oss.
      </p>`,
  }),
  en: ({ name, handleDomain, contact, to }) => ({
    title: "About us",
    lead: `This is ${name}'s own place for conversations with those who live, work and stay here.`,
    body: html`<h2>What this place is for</h2>
      <p>
        Here we tell what is going on, ask questions and answer yours. What we write stands here first. You can read
        without an account. We do not record who reads.
      </p>
      <h2>Who is speaking</h2>
      <p>
        Every post says in which capacity it is written: <strong>for the authority</strong>,
        <strong>in office</strong> or <strong>personally</strong>. All accounts end in @${handleDomain} and
        <a href="${to("/accounts")}">stand in our list</a>. An account that is not there is not ours.
      </p>
      <h2>How you reply</h2>
      <p>
        This place belongs to the fediverse: many independent networks that reach each other. If you have an account
        on a Mastodon server, for instance, you can follow us and reply from there. Choose “Reply” under a post and we show how.
        A public reply is shown here, in its context.
      </p>
      <h2>Changes are seen</h2>
      <p>
        If we change a post, the post says so and why, and all versions can be read. If we remove a post, its place says
        that it has been removed.
      </p>
      <h2>Open data</h2>
      <p>
        Which accounts are ours, what they have written and what was answered can also be had as
        <a href="/api/open/v1">open data</a>, for those who want to examine, count or build on it. What we have written
        ourselves may be used freely. What others have written is theirs, and the words are given only if whoever wrote
        them has agreed to be found by search engines.
      </p>
      <h2>Contact</h2>
      <p>
        ${name} is responsible for this place. You reach us at ${contact}. If it is about a case of your own, do not
        write about it here: contact us directly.
      </p>`,
  }),
};
