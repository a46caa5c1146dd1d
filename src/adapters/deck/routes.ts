import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Env, Services } from "#context.ts";
import { largestUpload } from "#domain/media/store-picture.ts";
import { parseId } from "#platform/id.ts";
import { askToDelete, doDelete } from "./actions/delete.ts";
import { follow, showFollowing, unfollow } from "./actions/follow.ts";
import { askToHide, doHide } from "./actions/hide.ts";
import { reactWith } from "./actions/react.ts";
import { showThread } from "./actions/thread.ts";
import { careRuleRoutes } from "./care-rules/routes.ts";
import { careRoutes } from "./care/routes.ts";
import { deckListRoutes } from "./decks/decks.ts";
import { listRoutes } from "./decks/lists.ts";
import { columnRoutes } from "./columns/routes.ts";
import { showDeck } from "./columns/show-deck.ts";
import { composerRoutes } from "./compose/composer-routes.ts";
import { publish, publishEdit } from "./compose/publish.ts";
import { showBlank, showEdit, showReply } from "./compose/show-composer.ts";
import { upload } from "./compose/upload.ts";
import { composeWords } from "./compose/words.ts";
import { draftRoutes } from "./drafts/routes.ts";
import { guardWords } from "./guard-words.ts";
import { requireRole, signedIn } from "./guard.ts";
import { notificationRoutes } from "./notifications/routes.ts";
import { findRoutes } from "./palette/routes.ts";
import { paced } from "./paced.ts";
import { companyOf } from "./presence/company-of.ts";
import { presenceRoutes } from "./presence/routes.ts";
import { refusalPages } from "./refusal-pages.ts";
import { settingsRoutes } from "./settings/routes.ts";
import { signInRoutes } from "./sign-in/routes.ts";
import { stream } from "./stream.ts";

/** What staff see. Everything under /deck asks who it is; each act asks besides for the grant or the role. */
export function deckRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.use("/deck/*", refusalPages(services));
  app.route("/", signInRoutes(services));
  app.route("/", settingsRoutes(services));

  app.use("/deck/*", signedIn(services), paced(services), (c, next) =>
    (takesPictures(c.req.path) ? roomForPicture : roomForText)(c, next),
  );
  app.get("/deck", showDeck(services));
  app.route("/", columnRoutes(services));
  app.route("/", deckListRoutes(services));
  app.route("/", listRoutes(services));
  app.get("/deck/stream", stream(services));
  app.route("/", presenceRoutes(companyOf(services)));
  app.route("/", notificationRoutes(services));
  app.route("/", findRoutes(services));

  app.route("/", draftRoutes(services));
  app.get("/deck/compose", showBlank(services));
  app.route("/", composerRoutes(services));
  app.post("/deck/media", upload(services));
  app.post("/deck/posts", publish(services));

  const post = "/deck/posts/:id{[1-9][0-9]{17,18}}";
  // Nineteen digits may say more than an id can be.
  app.use(`${post}/*`, (c, next) => (parseId(c.req.param("id")) ? next() : Promise.resolve(c.notFound())));
  app.route("/", careRoutes(services));
  app.route("/", careRuleRoutes(services));
  app.get(post, showThread(services));
  app.get(`${post}/reply`, showReply(services));
  app.get(`${post}/edit`, showEdit(services));
  app.post(`${post}/edit`, publishEdit(services));
  app.get(`${post}/delete`, askToDelete(services));
  app.post(`${post}/delete`, doDelete(services));
  app.post(`${post}/boost`, reactWith(services, "boost", "do"));
  app.post(`${post}/unboost`, reactWith(services, "boost", "undo"));
  app.post(`${post}/favourite`, reactWith(services, "favourite", "do"));
  app.post(`${post}/unfavourite`, reactWith(services, "favourite", "undo"));

  const moderator = requireRole("moderator");
  app.get(`${post}/hide`, moderator, askToHide(services, "hide"));
  app.post(`${post}/hide`, moderator, doHide(services, "hide"));
  app.get(`${post}/unhide`, moderator, askToHide(services, "unhide"));
  app.post(`${post}/unhide`, moderator, doHide(services, "unhide"));

  app.get("/deck/follow", showFollowing(services));
  app.post("/deck/follow", follow(services));
  app.post("/deck/unfollow", unfollow(services));
  return app;
}

/** The longest article, in letters that take most room, as a form sends them; and something besides. */
const largestText = 2 * 1024 * 1024;

const roomForPicture = bodyLimit({
  maxSize: largestUpload + largestText,
  onError: (c: Context<Env>) => c.text(composeWords[c.get("language")].errors.tooLarge, 413),
});
const roomForText = bodyLimit({
  maxSize: largestText,
  onError: (c: Context<Env>) => c.text(guardWords[c.get("language")].tooMuch, 413),
});

/** Where a form of the composer may bring a picture along. */
function takesPictures(path: string): boolean {
  return /^\/deck\/(media|compose|posts|posts\/\d+\/edit)$/.test(path);
}
