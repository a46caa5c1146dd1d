import { html } from "#platform/html.ts";
import type { Language } from "#platform/i18n.ts";
import type { Facts, StandingText } from "../standing-pages.ts";

export const privacyText: Record<Language, (facts: Facts) => StandingText> = {
  sv: ({ name, contact }) => ({
    title: "Personuppgifter",
    lead: "Så behandlar vi uppgifter om dig som läser, svarar eller hör av dig här.",
    body: html`<h2>Den som bara läser</h2>
      <p>
        Vi följer dig inte. Sidorna har inga kakor, inga skript och hämtar inget från andra webbplatser. I serverns
        logg står tidpunkt och vilken sida som visades, så att vi kan hitta fel.
      </p>
      <h2>Den som svarar eller följer</h2>
      <p>
        När du svarar oss från ett annat nätverk får vi det du skrev, ditt namn och din bild som de står där, och
        tidpunkten. Offentliga svar visas i samtalet. Svar som bara är riktade till oss visas inte. Följer du oss
        sparar vi ditt kontos adress för att kunna skicka det vi skriver.
      </p>
      <p>
        Samtalen finns också som öppna data. Vad du har skrivit och vem du är lämnas bara ut där om du i ditt nätverk har
        gått med på att synas i sökmotorer; annars står bara att ett svar finns, och när det kom.
      </p>
      <p>
        Det vi skriver offentligt skickas till de nätverk där våra följare finns, också utanför EU. Svarar vi dig står
        ditt användarnamn med. Vad ditt eget nätverk gör med det du skriver där svarar det nätverket för.
      </p>
      <h2>Den som anmäler ett inlägg</h2>
      <p>
        Vi sparar anmälan och tidpunkten. Du behöver inte säga vem du är. För att hindra missbruk räknar vi anmälningar
        per nätverk en kort tid; din fullständiga adress sparas inte.
      </p>
      <h2>Ansvarig, ändamål och grund</h2>
      <p>
        ${name} är personuppgiftsansvarig för det vi publicerar och för det andra skriver på den här platsen. Vi
        behandlar uppgifterna för att informera, svara och föra samtal med allmänheten. Grunden är uppgifter av allmänt
        intresse (artikel 6.1 e i dataskyddsförordningen) och rättsliga förpliktelser om allmänna handlingar (6.1 c).
      </p>
      <h2>Allmänna handlingar</h2>
      <p>
        Det som kommer in till oss är allmän handling. Den som begär det får läsa det, om det inte omfattas av
        sekretess. Tar du bort ett inlägg i ditt nätverk försvinner det från våra sidor. I våra handlingar finns det
        kvar tills vi får gallra det.
      </p>
      <h2>Dina rättigheter</h2>
      <p>
        Du kan begära att få veta vilka uppgifter vi har om dig, få fel rättade, invända mot behandlingen och i vissa
        fall få uppgifter raderade. Hör av dig till ${contact}; där når du också vårt dataskyddsombud. Du kan också klaga hos
        <a href="https://www.imy.se/">Integritetsskyddsmyndigheten</a>.
      </p>`,
  }),
  en: ({ name, contact }) => ({
    title: "Personal data",
    lead: "How we treat data about you who read, reply or get in touch here.",
    body: html`<h2>If you only read</h2>
      <p>
        We do not track you. The pages have no cookies, no scripts and fetch nothing from other sites. The server's log
        holds the time and which page was shown, so that we can find faults.
      </p>
      <h2>If you reply or follow</h2>
      <p>
        When you reply to us from another network we receive what you wrote, your name and picture as they stand there,
        and the time. Public replies are shown in the conversation. Replies addressed only to us are not shown. If you
        follow us we keep your account's address, so that we can send what we write.
      </p>
      <p>
        The conversations are also open data. What you have written and who you are is given there only if you have
        agreed, in your network, to be found by search engines; otherwise only that there is an answer, and when it came.
      </p>
      <p>
        What we write in public is sent to the networks where our followers are, also outside the EU. If we reply to you,
        your user name is part of it. What your own network does with what you write there is its responsibility.
      </p>
      <h2>If you report a post</h2>
      <p>
        We keep the report and the time. You do not have to say who you are. To prevent abuse we count reports per
        network for a short time; your full address is not kept.
      </p>
      <h2>Controller, purpose and ground</h2>
      <p>
        ${name} is the controller for what we publish and for what others write in this place. We process the data in
        order to inform, answer and converse with the public. The ground is a task in the public interest (Article
        6(1)(e) of the General Data Protection Regulation) and legal obligations on public records (6(1)(c)).
      </p>
      <h2>Public records</h2>
      <p>
        What comes in to us is a public record. Whoever asks may read it unless it is secret by law. If you remove a
        post in your network it disappears from our pages. In our records it remains until we may dispose of it.
      </p>
      <h2>Your rights</h2>
      <p>
        You may ask which data we hold about you, have errors corrected, object to the processing and in some cases have
        data erased. Contact ${contact}, where you also reach our data protection officer. You may also complain to the
        <a href="https://www.imy.se/en/">Swedish Authority for Privacy Protection</a>.
      </p>`,
  }),
};
