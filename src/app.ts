import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { consentRoutes } from "#adapters/api/oauth/consent-routes.ts";
import { oauthJobs } from "#adapters/api/oauth/jobs.ts";
import { mediaJobs } from "#adapters/api/media/jobs.ts";
import { pushJobs } from "#adapters/api/push/push-job.ts";
import { apiRoutes } from "#adapters/api/routes.ts";
import { draftJobs } from "#adapters/deck/drafts/jobs.ts";
import { missingPage } from "#adapters/deck/refusal-pages.ts";
import { deckRoutes } from "#adapters/deck/routes.ts";
import { notificationJobs } from "#adapters/deck/notifications/letter-job.ts";
import { setUpRoutes } from "#adapters/deck/set-up.ts";
import { federationRoutes } from "#adapters/federation/routes.ts";
import { federationJobs } from "#adapters/federation/jobs.ts";
import { federationSubscriptions } from "#adapters/federation/subscriptions.ts";
import { openDataRoutes } from "#adapters/open-data/routes.ts";
import { webRoutes } from "#adapters/web/routes.ts";
import { errorPage } from "#ui/error-page.ts";
import type { Subscription } from "#domain/journal/subscription.ts";
import { fetchPicture } from "#domain/media/store-picture.ts";
import { verifyFields } from "#domain/accounts/verify-fields.ts";
import { findAuthority, listAuthorities, type AuthorityId } from "#domain/authorities/authority.ts";
import { isBrokenOff } from "#platform/bounded-server.ts";
import { parseId } from "#platform/id.ts";
import type { JobHandler } from "#platform/jobs.ts";
import { accountUri, pathIn, siteOf, type Env, type Services } from "./context.ts";
import { hosted, observed, readableForms, routedPath, sameOrigin, secured } from "./frame.ts";
import { readyAnswersOf } from "./ready-answers.ts";
import { operationsRoutes } from "./operations.ts";
import { notificationSubscription } from "#domain/notifications/subscription.ts";
import { tellAllOverdue } from "#domain/care/overdue.ts";
import { careSubscription } from "#domain/care/care-subscription.ts";
import { accountCountsSubscription } from "#domain/timelines/account-counts-subscription.ts";
import { searchSubscription } from "#domain/search/index-posts.ts";

/** Wires rooms to routes. The order counts: what needs no authority, what is signed, what a browser does. */
export function createApp(services: Services): Hono<Env> {
  const app = new Hono<Env>({ getPath: routedPath });
  app.use(readyAnswersOf(services).keep, observed(services), secured, readableForms);
  app.route("/", operationsRoutes(services));
  app.route("/", setUpRoutes(services));
  app.use(hosted(services));
  app.route("/", federationRoutes(services));
  app.route("/", openDataRoutes(services));
  app.route("/", apiRoutes(services));
  app.use(sameOrigin);
  app.route("/", consentRoutes(services));
  app.route("/", deckRoutes(services));
  app.route("/", webRoutes(services));
  app.notFound((c) => missingPage(services, c));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return errorPage(services, c, error.status === 413 ? 413 : 400);
    if (isUnstorable(error)) {
      c.get("log").warn("a request held what no text can hold", { error });
      return errorPage(services, c, 400);
    }
    // Nobody reads the answer any more.
    if (isBrokenOff(c.env?.incoming)) return errorPage(services, c, 400);
    c.get("log").error("a request failed", { error });
    return errorPage(services, c, 500);
  });
  return app;
}

/** The database refuses a NUL in any text, wherever in a path or a form it came: that is the sender's fault. */
function isUnstorable(error: Error): boolean {
  return "code" in error && (error.code === "22021" || error.code === "22P05");
}

/** What follows from facts, in any process that runs the sequencer. */
export function subscriptions(
  services: Pick<Services, "config" | "clock" | "log"> & Partial<Pick<Services, "db" | "journal">>,
): Subscription[] {
  const patient = [
    searchSubscription(),
    accountCountsSubscription(),
    careSubscription(),
    notificationSubscription({ letters: services.config.smtp !== undefined }),
  ];
  // Whoever looks at a deck sees what has come before it is counted, and before it can be searched for.
  const turn = () => services.journal?.told();
  return [
    ...federationSubscriptions(services),
    ...patient.map((subscription) => ({ ...subscription, turn })),
  ];
}

/** What is done apart from requests. */
export function jobs(services: Services): Record<string, JobHandler> {
  const authorities = async () => (await services.db.system((tx) => listAuthorities(tx))).map(({ id }) => id);
  return {
    ...federationJobs(services),
    ...draftJobs(services),
    ...notificationJobs(services),
    ...pushJobs(services),
    ...mediaJobs(services, authorities),
    ...oauthJobs(services, authorities),
    "verify-fields": async ({ authority: id, account }) => {
      const authority = await services.db.system((tx) => findAuthority(tx, id as AuthorityId));
      const voice = parseId<"account">(account);
      if (!authority || !voice) return;
      const site = siteOf(services.config, authority);
      await verifyFields(services.db, services.fetch, authority.id, voice, ({ handle }) => [
        accountUri(site, voice),
        ...authority.languages.map((language) => site.origin + pathIn(authority, language, `/@${handle}`)),
      ]);
    },
    "tell-overdue": async () => {
      await tellAllOverdue(services.db, await authorities(), services.clock());
    },
    "fetch-media": async (payload) => {
      const media = parseId<"media">(payload["media"]);
      if (media)
        await fetchPicture(
          services.db,
          services.mediaStore,
          services.fetch,
          payload["authority"] as AuthorityId,
          media,
        );
    },
  };
}

/** When what is done by the clock is done. */
export const crontab =
  "* * * * * tell-overdue\n* * * * * resume-deliveries\n* * * * * send-due-drafts\n41 * * * * sweep-uploads\n17 4 * * * forget-seen-activities\n29 4 * * * forget-apps\n";
