import { html, type Html, raw, type Renderable } from "#platform/html.ts";
import { action, button, chip, emptyState, notice } from "#ui/controls.ts";
import { select, textarea } from "#ui/form.ts";
import { icon, type IconName } from "#ui/icon.ts";
import { type AuthorityView, brandMark, document } from "#ui/page.ts";
import { type PostView, postArticle } from "#ui/post.ts";
import * as data from "./gallery-data.ts";

const { reader } = data;

/** The deck at work, in the markup that client/deck.css documents. */
export function deckPage(authority: AuthorityView): Html {
  const post = (...[account, text, clock, more]: Parameters<typeof data.post>) =>
    data.post(account, text, clock, { actions: data.deckActions, ...more });
  const rail: [IconName, string][] = [
    ["columns", "Kolumner"],
    ["search", "Sök"],
    ["account", "Konton"],
  ];
  return document(
    {
      language: "sv",
      authority,
      title: "Däck",
      assets: { styles: ["assets/site.css", "assets/deck.css"], scripts: [] },
      bodyClass: "deck-page",
      robots: "noindex",
    },
    html`<div class="deck">
        <nav class="rail" aria-label="Däck">
          <a class="rail-home" href="home.html" aria-label="Exempelkommuns sida">${brandMark(authority)}</a>
          <ul>
            ${rail.map(
              ([name, label], index) =>
                html`<li>
                  <a href="#" ${index === 0 ? html` aria-current="page"` : null}
                    >${icon(name)}<span>${label}</span></a
                  >
                </li>`,
            )}
            <li class="push">
              <a href="#">${icon("settings")}<span>Inställningar</span></a>
            </li>
          </ul>
        </nav>
        <form class="composer" id="composer" aria-labelledby="composer-title">
          <header>
            <h2 id="composer-title">Nytt inlägg</h2>
            ${chip("i tjänsten", { icon: "office", look: "accent" })}<a class="composer-close" href="#deck"
              >${icon("close", "Stäng")}</a
            >
          </header>
          ${select(
            {
              name: "account",
              label: "Skriv som",
              required: true,
              choices: [
                { value: "1", label: "Kommunchefen" },
                { value: "2", label: "Exempelkommun" },
              ],
            },
            reader,
          )}${textarea({ name: "text", label: "Text", required: true, value: "Vi öppnar simhallen den 23 mars. Simskolan har förtur hela april. Ring 640823-3234 om du undrar." }, reader)}
          <div class="composer-facts"><span>Mycket lätt att läsa</span><span>svenska, 97 tecken</span></div>
          ${notice(
            {
              tone: "warn",
              title: "640823-3234 ser ut som ett personnummer.",
              body: html`<span id="why"
                >Ta bort det, eller ange varför det får stå, så går inlägget att publicera.</span
              >`,
            },
            reader,
          )}
          <div class="composer-send">
            ${button({ label: "Publicera", disabled: true, describedBy: "why" })}${button({ label: "Lägg till bild", look: "plain", icon: "image", type: "button" })}
          </div>
          <p class="small quiet">Utkastet sparades nyss.</p>
        </form>
        <main class="columns" id="deck">
          <h1 class="visually-hidden">Däck</h1>
          ${column("inkorg", "inbox", "Inkorg", "4 väntar", false, [
            {
              post: post(
                data.asa,
                "Öppnar den före påsk? Barnens simskola har fått vänta sedan i höstas.",
                "07:55",
                {
                  labels: html`<span class="care late">${icon("warn")}svara före 09.30</span
                    ><span class="care">Maria läser</span>`,
                },
              ),
              selected: true,
            },
            {
              post: post(
                data.per,
                "Skicka hellre ut tiderna här än i ett nytt mejl till alla föräldrar.",
                "07:40",
                { labels: html`<span class="care">tilldelad Bildning</span>` },
              ),
              unread: true,
            },
            {
              post: post(
                data.tidningen,
                "Vad kostar ombyggnaden, och vem har beslutat om den nya entrén?",
                "07:12",
                { visibility: "direct" },
              ),
            },
          ])}${column("hem", "home", "Hem", "8 konton", true, [
            {
              post: post(
                data.biblioteket,
                "Läsfrämjarlyftet startar i dag. Sagostund klockan tio, öppet för alla.",
                "08:05",
                { attachments: [data.field, data.pool], boostedBy: data.kommunen },
              ),
            },
            { post: { ...data.article, actions: data.deckActions } },
          ])}${column("konto", "account", "Kommunchefen", "", false, [
            {
              post: post(
                data.chefen,
                "Ja. Besiktningen är den 12 mars och vi öppnar den 23:e om inget oväntat dyker upp.",
                "08:10",
                {
                  signedBy: "Anna",
                  delivery: { sent: 14, total: 15, failing: 1 },
                  replyTo: { name: "Åsa", href: "#asa" },
                  mine: { boosted: false, favourited: false },
                },
              ),
            },
            {
              post: post(data.chefen, "God morgon! I dag: slutträff om simhallens ombyggnad.", "07:48", {
                signedBy: "Anna",
                delivery: { sent: 15, total: 15, failing: 0 },
                edited: { at: data.at("08:02"), reason: "stavfel", historyHref: "#h" },
              }),
            },
          ])}${column("sok", "search", "simhallen", "", false, [])}
        </main>
        <nav class="tabbar" aria-label="Kolumner">
          <a href="#column-inkorg" aria-current="true">${icon("inbox")}<span>Inkorg</span></a
          ><a href="#column-hem">${icon("home")}<span>Hem</span></a
          ><a href="#column-konto">${icon("account")}<span>Konto</span></a
          ><a href="#composer">${icon("write")}<span>Skriv</span></a
          ><a href="#mer">${icon("more")}<span>Mer</span></a>
        </nav>
      </div>
      <div class="toasts" role="status" aria-live="polite">
        <div class="toast">
          <span>Svaret är skickat.</span>${button({ label: "Ångra", look: "text", type: "button" })}
        </div>
      </div>`,
  );
}

type Item = { post: PostView; selected?: boolean; unread?: boolean };

function column(
  id: string,
  name: IconName,
  title: string,
  note: Renderable,
  waiting: boolean,
  items: Item[],
): Html {
  const posts = items.map(({ post, selected, unread }) => {
    const article = postArticle(post, reader, {
      deck: true,
      level: 3,
      showReplyTo: true,
      variant: post.kind === "article" ? "teaser" : "plain",
    });
    const extra = `${selected ? " selected" : ""}${unread ? " unread" : ""}`;
    return extra ? html`${rawClass(article, extra)}` : article;
  });
  return html`<section class="column" id="column-${id}" aria-labelledby="column-${id}-title">
    <header>
      ${icon(name)}
      <h2 id="column-${id}-title">${title}</h2>
      <span class="column-note">${note}</span
      >${action({ icon: "more", label: `Ändra ${title}`, iconOnly: true, type: "button" })}
    </header>
    ${waiting ? html`<button class="waiting" type="button">3 nya</button>` : null}
    <div class="column-posts" tabindex="0" role="region" aria-label="Inlägg i ${title}">
      ${posts.length > 0 ? posts : emptyState({ title: "Inget än", body: "Inlägg med ordet simhallen visas här när de kommer.", icon: "search" })}
    </div>
  </section>`;
}

/** In the product a controller sets these classes. */
function rawClass(article: Html, extra: string): Html {
  return raw(article.text.replace('class="post', `class="post${extra}`));
}
