import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Env, Services } from "#context.ts";
import { largestUpload } from "#domain/media/store-picture.ts";
import { parseId } from "#platform/id.ts";
import { askToDelete, doDelete } from "./actions/delete.ts";
import { follow, showFollowing, unfollow } from "./actions/follow.ts";
import { askToHide, doHide } from "./actions/hide.ts";
import { reactWith } from "./actions/react.ts";
import { showThread } from "./actions/thread.ts";
import { showColumn, showDeck } from "./columns/show-deck.ts";
import { publish, publishEdit } from "./compose/publish.ts";
import { showBlank, showEdit, showReply } from "./compose/show-composer.ts";
import { upload } from "./compose/upload.ts";
import { composeWords } from "./compose/words.ts";
import { requireRole, signedIn } from "./guard.ts";
import { settingsRoutes } from "./settings/routes.ts";
import { signInRoutes } from "./sign-in/routes.ts";
import { stream } from "./stream.ts";

/** What staff see. Everything under /deck asks who it is; each act asks besides for the grant or the role. */
export function deckRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.route("/", signInRoutes(services));
  app.route("/", settingsRoutes(services));

  app.use(
    "/deck/*",
    signedIn(services),
    bodyLimit({
      maxSize: largestUpload + 1024 * 1024,
      onError: (c) => c.text(tooLarge(c.get("language")), 413),
    }),
  );
  app.get("/deck", showDeck(services));
  app.get("/deck/columns/:kind", showColumn(services));
  app.get("/deck/stream", stream(services));

  app.get("/deck/compose", showBlank(services));
  app.post("/deck/media", upload(services));
  app.post("/deck/posts", publish(services));

  const post = "/deck/posts/:id{[1-9][0-9]{17,18}}";
  // Nineteen digits may say more than an id can be.
  app.use(`${post}/*`, (c, next) => (parseId(c.req.param("id")) ? next() : Promise.resolve(c.notFound())));
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

function tooLarge(language: Env["Variables"]["language"]): string {
  return composeWords[language].errors.tooLarge;
}
