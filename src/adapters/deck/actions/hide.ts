import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { listRules, type Rule } from "#domain/moderation/rules.ts";
import { html, type Html } from "#platform/html.ts";
import { parseId } from "#platform/id.ts";
import { button, pageHead } from "#ui/controls.ts";
import { errorSummary, field, select } from "#ui/form.ts";
import { showOnePost } from "../columns/show-one-post.ts";
import { missing } from "../compose/show-composer.ts";
import { composeWords } from "../compose/words.ts";
import { findAskedPost } from "../find-asked-post.ts";
import { deckPage } from "../frame.ts";
import { formText } from "../form-text.ts";
import { notGranted } from "../guard.ts";
import { deckPath, seatOf, type Seat } from "../seat.ts";
import { tellField, tellingOf } from "../telling.ts";
import { deckWords } from "../words.ts";

type Action = "hide" | "unhide";
type Typed = { rule: string; reason: string; tell: boolean };
type Problem = { id: "rule" | "reason"; message: string };

/** GET /deck/posts/:id/hide and unhide: the post, the rule, the reason and whether to tell the author. */
export function askToHide(services: Services, action: Action) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    return seat ? showForm(services, c, seat, action, { rule: "", reason: "", tell: true }) : notGranted(c);
  };
}

/** POST /deck/posts/:id/hide and unhide. */
export function doHide(services: Services, action: Action) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const form = await c.req.formData();
    const typed = {
      rule: formText(form, "rule"),
      reason: formText(form, "reason").slice(0, 2000),
      tell: form.has("tell"),
    };
    const post = parseId<"post">(c.req.param("id"));
    if (!post) return missing(services, c, seat);
    const authority = seat.site.authority.id;
    const rule = /^\d{1,4}$/.test(typed.rule) ? Number(typed.rule) : null;
    const decided = await services.db.as(authority, (tx) =>
      decideOnPost(
        tx,
        authority,
        {
          action,
          post,
          rule,
          reason: typed.reason,
          person: c.get("person").id,
          tell: typed.tell ? tellingOf(seat.site) : undefined,
        },
        services.clock(),
      ),
    );
    const words = deckWords[seat.language];
    switch (decided.outcome) {
      case "decided":
      case "already":
        return c.redirect(deckPath(seat, "/deck"), 303);
      case "not-found":
        return missing(services, c, seat);
      case "ours":
        return c.text(words.outcomes.ours, 422);
      case "reason-missing":
        return showForm(services, c, seat, action, typed, {
          id: "reason",
          message: words.hide.reasonMissing,
        });
      case "rule-missing":
        return showForm(services, c, seat, action, typed, { id: "rule", message: words.hide.ruleMissing });
    }
  };
}

async function showForm(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  action: Action,
  typed: Typed,
  problem?: Problem,
): Promise<Response> {
  const authority = seat.site.authority.id;
  const found = await services.db.read(authority, async (tx) => {
    const post = await findAskedPost(tx, c, seat);
    if (!post) return undefined;
    return {
      post,
      rules: await listRules(tx, authority, seat.language),
      shown: await showOnePost(tx, seat, post, services.clock()),
    };
  });
  if (!found) return missing(services, c, seat);
  const words = deckWords[seat.language];
  const { title, body, confirm } = action === "hide" ? words.hide : words.unhide;
  const path = deckPath(seat, `/deck/posts/${found.post.id}/${action}`);
  const page = await deckPage(services, seat, {
    title,
    current: "none",
    content: html`${pageHead({ title, lead: body })}${found.shown}
      <form class="form" method="post" action="${path}" novalidate>
        ${problem ? errorSummary([problem], seat) : null}${fields(seat, action, found.rules, typed, problem)}
        <div class="row">
          ${button({ label: confirm })}${button({ label: composeWords[seat.language].cancel, look: "plain", href: deckPath(seat, "/deck") })}
        </div>
      </form>`,
  });
  return c.html(page.text, problem ? 422 : 200);
}

function fields(
  seat: Seat,
  action: Action,
  rules: readonly Rule[],
  typed: Typed,
  problem: Problem | undefined,
): Html {
  const words = deckWords[seat.language].hide;
  const error = (id: Problem["id"]) => (problem?.id === id ? problem.message : undefined);
  const choices = [
    { value: "", label: "–" },
    ...rules.map((rule) => ({ value: String(rule.number), label: `${rule.number}. ${rule.title}` })),
  ];
  return html`${
    action === "hide"
      ? select(
          {
            name: "rule",
            label: words.rule,
            required: true,
            value: typed.rule,
            choices,
            error: error("rule"),
          },
          seat,
        )
      : null
  }${field({ name: "reason", label: words.reason, hint: words.reasonHint, required: true, value: typed.reason, maxLength: 500, error: error("reason") }, seat)}${tellField(action, "tell", typed.tell, seat.language)}`;
}
