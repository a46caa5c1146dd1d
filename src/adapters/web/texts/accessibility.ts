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
        Webbplatsen är byggd för att följa nivå AA i WCAG 2.2. Allt kan läsas och göras med tangentbord, utan skript,
        med skärmläsare och i 400 procents förstoring. Den följer din inställning för ljust eller mörkt läge och för
        mindre rörelse.
      </p>
      <h2>Vad som kan brista</h2>
      <ul>
        <li>
          Det andra skriver från sina nätverk kan sakna bildbeskrivning eller uppgift om språk. Det står då ”Bild utan
          beskrivning”. Vi kan inte ändra det åt dem.
        </li>
        <li>Direktsändningar omfattas inte av lagen. Inspelningar textas utan onödigt dröjsmål.</li>
      </ul>
      <h2>Så har vi prövat den</h2>
      <p>
        Varje ändring av programvaran prövas maskinellt mot WCAG och med enbart tangentbord innan den tas i bruk.
      </p>
      <h2>Säg till om något inte fungerar</h2>
      <p>
        Hör av dig till ${contact} om du stöter på ett hinder eller behöver innehållet på ett annat sätt, till exempel
        uppläst eller i lättläst form. Beskriv gärna sidan och vad som hände. Vi svarar så snart vi kan.
      </p>
      <h2>Tillsyn</h2>
      <p>
        Myndigheten för digital förvaltning har tillsyn över lagen. Är du inte nöjd med hur vi tar hand om det du
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
        The website is built to meet level AA of WCAG 2.2. Everything can be read and done with the keyboard, without
        scripts, with a screen reader and at 400 per cent magnification. It follows your settings for light or dark mode
        and for reduced motion.
      </p>
      <h2>What may be lacking</h2>
      <ul>
        <li>
          What others write from their networks may lack a description of a picture or the language. It then says
          “Image without a description”. We cannot change it for them.
        </li>
        <li>Live broadcasts are outside the act. Recordings are captioned without undue delay.</li>
      </ul>
      <h2>How we have tested it</h2>
      <p>
        Every change of the software is tested by machine against WCAG and with the keyboard alone before it is used.
      </p>
      <h2>Tell us if something does not work</h2>
      <p>
        Contact ${contact} if you meet an obstacle or need the content in another way, such as read aloud or in easy
        language. Please describe the page and what happened. We answer as soon as we can.
      </p>
      <h2>Supervision</h2>
      <p>
        The Swedish Agency for Digital Government supervises the act. If you are not satisfied with how we deal with
        what you have pointed out, you can <a href="https://www.digg.se/tdosanmalan">report it to them</a> (in Swedish).
      </p>`,
  }),
};
