import { html, type Html } from "#platform/html.ts";
import { accountRow, profileHead } from "#ui/account.ts";
import {
  button,
  descriptionList,
  emptyState,
  notice,
  pageHead,
  pagination,
  section,
  table,
} from "#ui/controls.ts";
import { checkbox, errorSummary, field, radioGroup, select, textarea } from "#ui/form.ts";
import { postArticle } from "#ui/post.ts";
import { thread, type ThreadNode, threadPost, type ThreadView } from "#ui/thread.ts";
import * as data from "./gallery-data.ts";

const { reader, post, node } = data;

export type GalleryPage = {
  title: string;
  main: Html;
  aside?: Html;
  current?: "home" | "accounts" | "search";
};

const list = (posts: Parameters<typeof postArticle>[0][]) =>
  html`<ol class="posts">
    ${posts.map((one) => html`<li>${postArticle(one, reader, { showReplyTo: true })}</li>`)}
  </ol>`;

const join = section({
  title: "Var med",
  body: html`<p>
      Svara från Mastodon eller ett annat nätverk i fediversum. Det du skriver blir en allmän handling.
    </p>
    ${button({ label: "Följ Kommunchefen", href: "#folj" })}`,
});

export const home: GalleryPage = {
  title: "Exempelkommun",
  current: "home",
  main: html`${pageHead({
    title: "Samtal med Exempelkommun",
    lead: "Här skriver kommunen och de som arbetar i den. Läs, fråga och svara: från ditt eget nätverk, utan konto hos oss.",
  })}${list([
    post(
      data.chefen,
      "God morgon! I dag: slutträff om simhallens ombyggnad, förskolan Lärkan och sedan ekonomikontoret. Vad vill ni att vi tar med oss till mötet om simhallen?",
      "07:48",
      {
        edited: { at: data.at("08:02"), reason: "stavfel", historyHref: "#historik" },
      },
    ),
    post(
      data.biblioteket,
      "Läsfrämjarlyftet startar i dag. Sagostund klockan tio, öppet för alla.",
      "07:10",
      {
        attachments: [data.field, data.pool, data.plan],
        boostedBy: data.kommunen,
      },
    ),
    data.article,
    post(data.kommunen, "Vattnet på Storgatan är tillbaka. Tack för tålamodet.", "16:02", {
      publishedAt: data.at("16:02", "2026-03-03"),
      replyTo: { name: "Åsa", href: "#asa" },
    }),
  ])}${pagination({ older: "#aldre" }, reader)}`,
  aside: html`${section({
    title: "Vilka vi är",
    body: html`<div class="account-list">
        ${[data.kommunen, data.chefen, data.biblioteket].map((one) => accountRow(one))}
      </div>
      <p><a href="#alla">Alla konton</a></p>`,
  })}${join}`,
};

const shownThread = (view: ThreadView) =>
  thread(view, reader, (post, standing) => threadPost(post, reader, standing));

const longWord =
  "Är det samhällsbyggnadsförvaltningens tillgänglighetsanpassningsutredning eller fastighetsunderhållsplaneringsgruppen som svarar?";

const deep = (depth: number): ThreadNode =>
  node(
    post(
      depth % 2 === 0 ? data.asa : data.jonas,
      depth % 2 === 0 ? "Och när får vi veta det?" : "Det står i protokollet, tror jag.",
      "09:12",
      {
        replyTo: { name: depth % 2 === 0 ? "Jonas på Ekbacken" : "Åsa", href: "#f" },
      },
    ),
    depth > 0 ? [deep(depth - 1)] : [],
  );

export const threadPage: GalleryPage = {
  title: "Öppnar simhallen före påsk?",
  current: "home",
  main: shownThread({
    root: node(
      post(
        data.chefen,
        "God morgon! I dag: slutträff om simhallens ombyggnad, förskolan Lärkan och sedan ekonomikontoret. Vad vill ni att vi tar med oss till mötet om simhallen?",
        "07:48",
        {
          edited: { at: data.at("08:02"), reason: "stavfel", historyHref: "#historik" },
          attachments: [data.pool],
        },
      ),
      [
        node(
          post(data.asa, "Öppnar den före påsk? Barnens simskola har fått vänta sedan i höstas.", "07:55"),
          [
            node(
              post(
                data.chefen,
                "Ja. Besiktningen är den 12 mars och vi öppnar den 23:e om inget oväntat dyker upp. Simskolan har förtur till banorna hela april.",
                "08:10",
              ),
              [node(post(data.asa, "Tack! Det ska jag säga till de andra.", "08:14"), [deep(3)])],
            ),
          ],
        ),
        node(post(data.jonas, longWord, "08:20"), [
          node(post(data.per, "", "08:22", { tombstone: { why: "removed-by-author" } }), [
            node(post(data.jonas, "Tack, då vet jag.", "08:30")),
          ]),
          node(
            post(data.per, "", "08:25", {
              tombstone: {
                why: "hidden",
                rule: "3 (personuppgifter)",
                reason: "inlägget namngav ett barn.",
              },
            }),
          ),
        ]),
        node(
          post(data.per, "Så här såg det ut i går, med fyra bilder från omklädningsrummen.", "08:31", {
            warning: "Bilder på mögel",
            attachments: [data.pool, data.plan, data.field, data.pool],
          }),
        ),
        node(
          post(data.biblioteket, "Personligen hoppas jag på ett bibliotekshörn i entrén.", "08:40", {
            capacity: "personal",
          }),
        ),
        node(
          post(
            data.tidningen,
            "Vad kostar ombyggnaden, och vem har beslutat om den nya entrén? Se https://lokaltidningen-i-exempelbygden.example/nyheter/simhallen/ombyggnaden-av-entren-2026",
            "08:41",
          ),
        ),
      ],
      [
        { why: "not-fetched", count: 2, href: "#sa" },
        { why: "not-public", count: 1 },
      ],
    ),
  }),
  aside: html`${section({
    title: "Vem svarar här?",
    body: html`<p>Kommunchefen skriver i tjänsten för Exempelkommun. Kommunen ansvarar för kontot.</p>
      <p><a href="#kontrollera">Kontrollera kontot</a></p>`,
  })}${join}`,
};

export const articlePage: GalleryPage = {
  title: data.article.title ?? "",
  main: shownThread({
    root: node(data.article, [
      node(post(data.asa, "Bra att ni visar siffrorna. Vad kostar driften sedan?", "10:02")),
    ]),
  }),
  aside: join,
};

export const accountPage: GalleryPage = {
  title: "Kommunchefen",
  current: "accounts",
  main: html`${profileHead(
    {
      account: data.chefen,
      about: html`<p>Jag leder förvaltningen och svarar på det mesta, oftast före klockan nio.</p>`,
      responsible: "Exempelkommun ansvarar för kontot.",
      fields: [
        { name: "Webbplats", value: html`<a href="#w">exempel.example/kommunchefen</a>`, verified: true },
        { name: "Telefon", value: html`0000-00 00 00`, verified: false },
      ],
      actions: html`${button({ label: "Följ", href: "#folj" })}${button({ label: "Flöde", look: "plain", icon: "feed", href: "#flode" })}`,
    },
    reader,
  )}${section({ title: "Inlägg", body: emptyState({ title: "Inga inlägg än", body: "När Kommunchefen har skrivit något står det här.", icon: "write" }) })}${section(
    {
      title: "Tidigare innehavare",
      body: table({
        caption: "Vilka som har haft uppdraget",
        columns: [
          { label: "Uppdrag" },
          { label: "Från", nowrap: true },
          { label: "Till", nowrap: true },
          { label: "Inlägg", numeric: true },
        ],
        rows: [
          ["Kommundirektör", "2024-01-01", "nu", "312"],
          ["Tillförordnad kommundirektör", "2023-06-01", "2023-12-31", "1 048"],
        ],
      }),
    },
  )}`,
};

export const errorPage: GalleryPage = {
  title: "Sidan finns inte",
  main: html`${pageHead({
    title: "Sidan finns inte",
    lead: "Inlägget kan vara borttaget, eller så är adressen felskriven. Inget är fel hos dig.",
    actions: html`${button({ label: "Till startsidan", href: "#" })}${button({ label: "Sök", look: "plain", icon: "search", href: "#" })}`,
  })}`,
};

export const formPage: GalleryPage = {
  title: "Fel: Kom i gång",
  main: html`${pageHead({ title: "Kom i gång", lead: "Fyra uppgifter, sedan står torget. Allt utom adressen kan ändras efteråt." })}
    <form class="form" method="post" novalidate>
      ${errorSummary(
        [
          { id: "kommunkod", message: "Skriv kommunkoden med fyra siffror" },
          { id: "language", message: "Välj språk" },
        ],
        reader,
      )}${field({ name: "name", label: "Myndighetens namn", value: "Exempelkommun", required: true, autocomplete: "organization" }, reader)}${field(
        {
          name: "kommunkod",
          label: "Kommunkod",
          hint: "Fyra siffror, också om den första är noll.",
          error: "Skriv kommunkoden med fyra siffror",
          value: "48",
          required: true,
          width: "short",
          inputMode: "numeric",
        },
        reader,
      )}${radioGroup(
        {
          name: "language",
          label: "Första språk",
          error: "Välj språk",
          required: true,
          choices: [
            { value: "sv", label: "Svenska" },
            {
              value: "en",
              label: "Engelska",
              hint: "Sidorna får engelska ord; inläggen skrivs på vilket språk som helst.",
            },
          ],
        },
        reader,
      )}${field({ name: "colour", label: "Färg", type: "color", value: "#ffcc00" }, reader)}${notice(
        {
          tone: "warn",
          title: "Färgen är för ljus för text.",
          body: "Vi gör den mörkare på ljus botten, så att den går att läsa. Så här blir den på sidorna.",
        },
        reader,
      )}${select(
        {
          name: "kind",
          label: "Första kontot",
          value: "authority",
          required: true,
          choices: [
            { value: "authority", label: "Myndighetens eget" },
            { value: "office", label: "Ett uppdrag" },
          ],
        },
        reader,
      )}${textarea(
        { name: "about", label: "Om kontot", hint: "Visas överst på kontots sida.", rows: 3 },
        reader,
      )}${checkbox({ name: "terms", label: "Jag har läst vad som blir allmän handling", required: true }, reader)}
      <div class="row">
        ${button({ label: "Skapa torget" })}${button({ label: "Spara och fortsätt senare", look: "plain" })}${button({ label: "Avbryt", look: "text", href: "#" })}${button({ label: "Ta bort kontot", look: "danger", type: "button", icon: "delete" })}${button({ label: "Väntar på logotyp", type: "button", disabled: true })}
      </div>
    </form>
    ${section({
      title: "Vad som har hänt",
      body: html`<div class="stack">
        ${notice({ tone: "success", body: "Logotypen är sparad." }, reader)}${notice({ tone: "info", title: "Du är inloggad till i morgon." }, reader)}${notice({ tone: "error", title: "Logotypen kunde inte läsas.", body: "Filen är en text, inte en bild. Allt annat är sparat." }, reader)}${descriptionList(
          [
            { term: "Adress", description: "torg.exempel.example" },
            { term: "Adresser för konton", description: "@kommunchef@exempel.example" },
          ],
        )}
      </div>`,
    })}`,
};
