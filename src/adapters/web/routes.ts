import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Env, Services } from "#context.ts";
import { accountPage } from "./account.ts";
import { accountsAsJson, accountsPage } from "./accounts.ts";
import { accentFile, favicon } from "./brand.ts";
import { accountFeed, authorityFeed, tagFeed } from "./feeds.ts";
import { historyPage } from "./history.ts";
import { homePage } from "./home.ts";
import { followPage, remoteReplyPage, replyPage } from "./join-forms.ts";
import { languageGate } from "./language-gate.ts";
import { mediaFile } from "./media.ts";
import { openSearch } from "./open-search.ts";
import { cachedPages } from "./page-cache.ts";
import { postPage } from "./post.ts";
import { remotePostPage } from "./remote-post.ts";
import { reportForm, sendReport } from "./report.ts";
import { searchPage } from "./search.ts";
import { robots, sitemap, sitemapPart } from "./sitemap.ts";
import { aboutPage, accessibilityPage, guidelinesPage, privacyPage } from "./standing-pages.ts";
import { tagPage } from "./tag.ts";
import { errorPage } from "#ui/error-page.ts";

/** A report with its words and marks; nobody sends a file here. */
const largestForm = 64 * 1024;

/** The public pages and feeds: complete without scripts, the same for everyone. */
export function webRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const cached = cachedPages(services);
  const feed = "/:feed{feed\\.(?:rss|atom|json)}";
  const voice = "/:at{@[^/]+}";
  const post = `${voice}/:id{[0-9]+}`;
  app.use(languageGate(services));
  // Of what has no body, looking for one would make a whole request of what the server holds.
  const limited = bodyLimit({ maxSize: largestForm, onError: (c) => errorPage(services, c, 413) });
  app.use((c, next) => (c.req.method === "POST" ? limited(c, next) : next()));

  app.get("/", cached, homePage(services));
  app.get("/accounts", cached, accountsPage(services));
  app.get("/accounts.json", cached, accountsAsJson(services));
  app.get("/about", cached, aboutPage(services));
  app.get("/privacy", cached, privacyPage(services));
  app.get("/accessibility", cached, accessibilityPage(services));
  app.get("/guidelines", cached, guidelinesPage(services));
  app.get("/tags/:tag", cached, tagPage(services));
  // Not kept: words are indexed a moment after they are published.
  app.get("/search", searchPage(services));
  app.get("/posts/:id", cached, remotePostPage(services));
  app.get("/posts/:id/reply", cached, remoteReplyPage(services));
  app.post("/posts/:id/reply", remoteReplyPage(services));
  app.get("/report", cached, reportForm(services));
  app.post("/report", sendReport(services));

  app.get(feed, cached, authorityFeed(services));
  app.get(`${voice}${feed}`, cached, accountFeed(services));
  app.get(`/tags/:tag${feed}`, cached, tagFeed(services));

  app.get(voice, cached, accountPage(services));
  app.get(`${voice}/follow`, cached, followPage(services));
  app.post(`${voice}/follow`, followPage(services));
  app.get(post, cached, postPage(services));
  app.get(`${post}/history`, cached, historyPage(services));
  app.get(`${post}/reply`, cached, replyPage(services));
  app.post(`${post}/reply`, replyPage(services));

  app.get("/sitemap.xml", cached, sitemap(services));
  app.get("/sitemaps/:part", cached, sitemapPart(services));
  app.get("/robots.txt", robots());
  app.get("/opensearch.xml", openSearch());
  app.get("/media/:id/:file", mediaFile(services));
  app.get("/favicon.svg", favicon());
  app.get("/favicon.ico", favicon());
  app.get("/assets/:file", accentFile(services));
  return app;
}
