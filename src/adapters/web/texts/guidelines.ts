import type { Rule } from "#domain/moderation/rules.ts";
import { html, type Html } from "#platform/html.ts";
import type { Language } from "#platform/i18n.ts";
import type { Facts, StandingText } from "../standing-pages.ts";

export const guidelinesText: Record<Language, (facts: Facts, rules: readonly Rule[]) => StandingText> = {
  sv: ({ name, contact, to }, rules) => ({
    title: "Regler för samtalet",
    lead: "Alla får tycka vad de vill. Reglerna säger hur vi talar med varandra, aldrig vad man får ha för åsikt.",
    body: html`<h2 id="rules">Reglerna</h2>
      ${list(rules)}
      <h2 id="moderation">När något bryter mot en regel</h2>
      <p>
        En människa hos ${name} läser och beslutar. Ett svar som bryter mot en regel döljs. På dess plats står vilken
        regel det gäller och varför. Inget döljs i tysthet. Det minst ingripande som räcker används först; den som
        fortsätter kan bli blockerad.
      </p>
      <p>
        Den som skrev får ett direktmeddelande från oss med regeln, skälet och hur man begär att vi prövar det igen. Det
        visas inte på våra sidor. Vi låter bli bara när det inte går eller inte är till någon nytta, till exempel om
        kontot är borta eller bara skickar reklam.
      </p>
      <p>
        Ser du något som bryter mot reglerna: välj ”Anmäl” under inlägget. Du behöver inte säga vem du är.
      </p>
      <p>
        Vissa inlägg är vi skyldiga att ta bort eller dölja enligt lagen (1998:112) om ansvar för
        elektroniska anslagstavlor. Det gäller till exempel olaga hot, hets mot folkgrupp och uppenbara intrång i någons
        upphovsrätt.
      </p>
      <h2 id="appeal">Om du inte håller med</h2>
      <p>
        Har vi dolt det du skrev kan du begära att vi prövar det igen. Svara på meddelandet, om du har fått ett,
        eller skriv till ${contact} och säg vilket inlägg det gäller. Någon annan än den som beslutade läser det då, om
        det går. Visas inlägget igen får du veta det, om vi kan nå dig.
      </p>
      <h2 id="record">Så långt når det du skriver</h2>
      <ul>
        <li>Det du skriver till oss blir en allmän handling. Den som begär det får läsa det, om det inte omfattas av sekretess.</li>
        <li>Ett offentligt svar visas här för alla, utan inloggning, och kan spridas i andra nätverk.</li>
        <li>Skriver du bara till dina följare eller bara till oss visas det inte här. Vi säger bara hur många svar som inte visas.</li>
        <li>Vi ber sökmotorer att inte visa ditt svar, om du inte har tillåtit det i ditt eget nätverk.</li>
        <li>Tar du bort inlägget försvinner det härifrån. I våra handlingar finns det kvar så länge lagen säger.</li>
      </ul>
      <p>
        Skriv inte om hälsa, personnummer eller egna ärenden här. Läs mer om
        <a href="${to("/privacy")}">personuppgifter</a>.
      </p>
      <h2 id="us">Vad du kan vänta dig av oss</h2>
      <p>
        Vi läser det som skrivs till oss och svarar så snart vi kan. Vi säger när vi inte vet. Vi rättar öppet det som
        blev fel.
      </p>`,
  }),
  en: ({ name, contact, to }, rules) => ({
    title: "Rules of conversation",
    lead: "Everyone may hold any opinion. The rules say how we speak with each other, never what one may think.",
    body: html`<h2 id="rules">The rules</h2>
      ${list(rules)}
      <h2 id="moderation">When something breaks a rule</h2>
      <p>
        A person at ${name} reads and decides. A reply that breaks a rule is hidden. Its place says which rule it is and
        why. Nothing is hidden in silence. The mildest step that is enough comes first; whoever goes on may be blocked.
      </p>
      <p>
        The author gets a direct message from us with the rule, the reason and how to ask us to consider it again. It is
        not shown on our pages. We leave it out only when it cannot be done or would be of no use, for instance when the
        account is gone or only sends advertising.
      </p>
      <p>If you see something that breaks the rules: choose “Report” under the post. You do not have to say who you are.</p>
      <p>
        Some posts we are obliged to remove or hide under the Swedish act (1998:112) on
        responsibility for electronic bulletin boards: unlawful threats, agitation against a population group and obvious
        infringements of copyright, for instance.
      </p>
      <h2 id="appeal">If you do not agree</h2>
      <p>
        If we have hidden what you wrote you can ask us to consider it again. Answer our message, if you got one, or
        write to ${contact} and say which post it is. Somebody other than the one who decided then reads it, if possible.
        If the post is shown again you are told, if we can reach you.
      </p>
      <h2 id="record">How far what you write will reach</h2>
      <ul>
        <li>What you write to us becomes a public record. Whoever asks may read it unless it is secret by law.</li>
        <li>A public reply is shown here to everyone, without signing in, and may spread in other networks.</li>
        <li>If you write only to your followers or only to us it is not shown here. We only say how many replies are not shown.</li>
        <li>We ask search engines not to show your reply, unless you have allowed it in your own network.</li>
        <li>If you remove the post it disappears from here. In our records it stays as long as the law says.</li>
      </ul>
      <p>
        Do not write about health, identity numbers or cases of your own here. Read more about
        <a href="${to("/privacy")}">personal data</a>.
      </p>
      <h2 id="us">What you can expect of us</h2>
      <p>
        We read what is written to us and answer as soon as we can. We say when we do not know. We correct in the open
        what went wrong.
      </p>`,
  }),
};

/** Numbered as decisions name them: a rule that is gone leaves a gap. */
function list(rules: readonly Rule[]): Html {
  return html`<ol>
    ${rules.map((rule) => html`<li value="${rule.number}" id="rule-${rule.number}"><strong>${rule.title}.</strong> ${rule.text}</li>`)}
  </ol>`;
}
