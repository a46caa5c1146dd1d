import { html } from "#platform/html.ts";
import type { Language } from "#platform/i18n.ts";
import type { Facts, StandingText } from "../standing-pages.ts";

/** What lag (2018:1937) asks of a statement: how well the rules are met, what is lacking, how to tell us, supervision. */
export const accessibilityText: Record<Language, (facts: Facts) => StandingText> = {
  sv: ({ name, origin, contact }) => ({
    title: "Tillgänglighet",
    lead: `${name} står bakom den här webbplatsen. Vi vill att alla ska kunna använda den.`,
    body: html`<p>
        Redogörelsen gäller ${origin} och följer lagen (2018:1937) om tillgänglighet till digital offentlig service.
      </p>
      <h2>Hur tillgänglig webbplatsen är</h2>
      <p>
        Webbplatsen är byggd för att följa nivå AA i WCAG 2.2 och därmed kraven i lagen. Den är gjord för att kunna
        läsas och användas med tangentbord, med skärmläsare, utan skript och i 400 procents förstoring. Den följer din inställning för ljust eller mörkt läge och för
        mindre rörelse.
      </p>
      <h2>Vad som kan brista</h2>
      <ul>
        <li>
          Det andra skriver från sina nätverk kan sakna bildbeskrivning eller uppgift om språk. Det står då ”Bild utan
          beskrivning”. Vi kan inte ändra det åt dem.
        </li>
      </ul>
      <h2>Så har vi prövat den</h2>
      <p>
        Programvaran prövas automatiskt mot de delar av WCAG som en dator kan kontrollera, i ljust och mörkt läge och med
        enbart tangentbord. Sådana prov hittar inte alla brister. Det vi själva skriver prövas inte automatiskt.
      </p>
      <h2>Säg till om något inte fungerar</h2>
      <p>
        Hör av dig till ${contact} om du stöter på ett hinder eller behöver innehållet på ett annat sätt, till exempel
        uppläst eller i lättläst form. Beskriv gärna sidan och vad som hände. Vi svarar så snart vi kan.
      </p>
      <h2>Tillsyn</h2>
      <p>
        Myndigheten för digital förvaltning (Digg) har tillsyn över lagen. Är du inte nöjd med hur vi tar hand om det du
        påpekat kan du <a href="https://www.digg.se/tdosanmalan">anmäla det till dem</a>.
      </p>`,
  }),
  en: ({ name, origin, contact }) => ({
    title: "Accessibility",
    lead: `${name} is behind this website. We want everyone to be able to use it.`,
    body: html`<p>
        The statement covers ${origin} and follows the Swedish act (2018:1937) on accessibility of digital public
        service.
      </p>
      <h2>How accessible the website is</h2>
      <p>
        The website is built to meet level AA of WCAG 2.2 and thereby the demands of the act. It is made to be read and
        used with the keyboard, with a screen reader, without scripts and at 400 per cent magnification. It follows your settings for light or dark mode
        and for reduced motion.
      </p>
      <h2>What may be lacking</h2>
      <ul>
        <li>
          What others write from their networks may lack a description of a picture or the language. It then says
          “Image without a description”. We cannot change it for them.
        </li>
      </ul>
      <h2>How we have tested it</h2>
      <p>
        The software is tested automatically against those parts of WCAG that a computer can check, in light and dark
        mode and with the keyboard alone. Such tests do not find every fault. What we write ourselves is not tested
        automatically.
      </p>
      <h2>Tell us if something does not work</h2>
      <p>
        Contact ${contact} if you meet an obstacle or need the content in another way, such as read aloud or in easy
        language. Please describe the page and what happened. We answer as soon as we can.
      </p>
      <h2>Supervision</h2>
      <p>
        The Swedish Agency for Digital Government (Digg) supervises the act. If you are not satisfied with how we deal with
        what you have pointed out, you can <a href="https://www.digg.se/tdosanmalan">report it to them</a> (in Swedish).
      </p>`,
  }),
};
