import { html, raw } from "#platform/html.ts";
import type { AccountView } from "#ui/account.ts";
import { action } from "#ui/controls.ts";
import type { AttachmentView } from "#ui/media.ts";
import type { PostView } from "#ui/post.ts";
import type { ThreadNode } from "#ui/thread.ts";
import type { Reader } from "#ui/words.ts";

/** Plain example data for the gallery: an invented municipality and invented residents. */
export const reader: Reader = {
  language: "sv",
  zone: "Europe/Stockholm",
  today: Temporal.PlainDate.from("2026-03-04"),
};

export const at = (clock: string, day = "2026-03-04") => Temporal.Instant.from(`${day}T${clock}:00+01:00`);

const ours = (handle: string, name: string, kind: "authority" | "office", role?: string): AccountView => ({
  id: handle,
  name,
  handle: `@${handle}@exempel.example`,
  href: `#${handle}`,
  ours: true,
  network: "torg",
  networkName: "Torg",
  kind,
  role,
});

const other = (handle: string, name: string, networkName = "Mastodon"): AccountView => ({
  id: handle,
  name,
  handle,
  href: `#${handle}`,
  ours: false,
  network: networkName === "Bluesky" ? "bluesky" : "fediverse",
  networkName,
  kind: "remote",
});

export const kommunen = ours("exempelkommun", "Exempelkommun", "authority", "Kommunens gemensamma konto");
export const chefen = ours("kommunchef", "Kommunchefen", "office", "Kommundirektör i Exempelkommun");
export const biblioteket = ours("biblioteket", "Biblioteket", "office", "Exempelkommuns bibliotek");
export const asa = other("@asa@social.example", "Åsa");
export const jonas = other("@jonas.exempelsson@fritidsodlarna.example", "Jonas på Ekbacken");
export const per = other("@per@exempeltorp.example", "Per i Exempeltorp", "Bluesky");
export const tidningen = other(
  "@redaktionen@lokaltidningen-i-exempelbygden.example",
  "Lokaltidningen Exempelbygden",
);

export const picture = (name: string, alt: string, width = 1200, height = 800): AttachmentView => ({
  src: `images/${name}.svg`,
  href: `images/${name}.svg`,
  width,
  height,
  alt,
  type: "image/svg+xml",
});

export const pool = picture("pool", "Simhallens stora bassäng utan vatten. Kaklet är nytt och blått.");
export const plan = picture("plan", "Planritning: entrén flyttas till Storgatan och får en ramp.");
export const field = picture("field", "En åker med en rad träd vid horisonten.");

const publicActions = html`${action({ icon: "reply", label: "Svara", href: "#svara" })}${action({ icon: "report", label: "Anmäl", href: "#anmal" })}`;

export const deckActions = html`${action({ icon: "reply", label: "Svara", type: "button" })}${action({ icon: "boost", label: "Dela", type: "button", iconOnly: true, pressed: false })}${action({ icon: "favourite", label: "Gilla", type: "button", iconOnly: true, pressed: false })}${action({ icon: "more", label: "Mer", type: "button", iconOnly: true })}`;

let next = 0;

export function post(
  account: AccountView,
  text: string,
  clock: string,
  more: Partial<PostView> = {},
): PostView {
  next += 1;
  return {
    id: String(next),
    kind: "note",
    account,
    href: `#post-${next}`,
    visibility: "public",
    language: "sv",
    body: html`${text.split("\n").map((paragraph) => html`<p>${paragraph}</p>`)}`,
    attachments: [],
    publishedAt: at(clock),
    originalHref: account.ours ? undefined : "https://social.example/1",
    capacity: account.ours ? (account.kind === "authority" ? "authority" : "office") : undefined,
    actions: more.tombstone ? html`` : publicActions,
    ...more,
  };
}

export const node = (
  from: PostView,
  replies: ThreadNode[] = [],
  missing?: ThreadNode["missing"],
): ThreadNode => ({
  post: from,
  replies,
  missing,
});

const title = "Därför bygger vi om simhallen nu";

export const article: PostView = post(chefen, "", "09:00", {
  kind: "article",
  title,
  excerpt:
    "Simhallen är femtio år och läcker. Vi har räknat på att laga, bygga om och bygga nytt. Här är hela underlaget, med det vi inte vet.",
  publishedAt: at("09:00", "2026-02-26"),
  edited: {
    at: at("10:12", "2026-02-27"),
    reason: "rätt kostnad för ventilationen",
    historyHref: "#historik",
  },
  actions: html`${action({ icon: "reply", label: "Svara", href: "#svara" })}${action({ icon: "link", label: "Citera med sammanhang", href: "#citera" })}`,
  body: html`<p>
      Simhallen är femtio år och läcker. Vi har räknat på att laga, bygga om och bygga nytt. Här är
      <strong>hela underlaget</strong>, också det vi <em>inte</em> vet.
    </p>
    <h2>Vad som är trasigt</h2>
    <p>
      Ventilationen klarar inte arbetsmiljöverkets krav, och reningsverkets recirkulationspumpar är från 1976.
      <a href="#utredning">Fastighetsutredningen</a> visar vad som händer om vi väntar:
    </p>
    <ul>
      <li>Energikostnaden stiger med 400 000 kronor om året.</li>
      <li>Barnbassängen måste stänga senast 2027.</li>
      <li>Tillgänglighetsanpassningen av omklädningsrummen kan inte göras alls.</li>
    </ul>
    <figure>
      ${raw('<img src="images/plan.svg" alt="Planritning: entrén flyttas till Storgatan och får en ramp." width="1200" height="800">')}
      <figcaption>Den nya entrén, enligt förslaget. Ritning: Exempelkommun.</figcaption>
    </figure>
    <h2>Vad ni har frågat</h2>
    <blockquote><p>Öppnar den före påsk? Barnens simskola har fått vänta sedan i höstas.</p></blockquote>
    <p>Ja. Besiktningen är den 12 mars, och vi öppnar den 23:e om inget oväntat dyker upp.</p>
    <h3>Kommunfullmäktiges beslut</h3>
    <ol>
      <li>Samhällsbyggnadsnämnden bereder ärendet i april.</li>
      <li>Kommunstyrelsen yttrar sig i maj.</li>
      <li>Fullmäktige beslutar den 15 juni.</li>
    </ol>`,
});
