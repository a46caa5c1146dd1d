import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import type { Submission, Submitted } from "#domain/drafts/submit-draft.ts";
import { findAnyPost } from "#domain/posts/read-posts.ts";
import { parseId } from "#platform/id.ts";
import { approvalWords } from "../drafts/approval-words.ts";
import { answerKept, answerSubmitted } from "../drafts/answer.ts";
import { plannedWords } from "../drafts/planned-words.ts";
import { draftWords } from "../drafts/words.ts";
import { formText } from "../form-text.ts";
import { notGranted, speaksFor } from "../guard.ts";
import { seatOf, type Seat } from "../seat.ts";
import { addPicture } from "./add-picture.ts";
import { changesHtml } from "./changes-html.ts";
import { readComposition, readTarget, type Composition } from "./composition.ts";
import { giveBack, type GivenBack } from "./give-back.ts";
import { problemsOf } from "./problems.ts";
import { asPublished } from "./typed.ts";
import { composeWords } from "./words.ts";
import { keepComposition, writeComposition } from "./write-composition.ts";

/** POST /deck/posts: sends, plans or keeps, or gives the form back as it was with what is wrong. */
export function publish(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const form = await c.req.formData();
    return write(services, c, form, readComposition(form, readTarget(form)));
  };
}

/** POST /deck/posts/:id/edit */
export function publishEdit(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const form = await c.req.formData();
    const post = parseId<"post">(c.req.param("id"));
    if (!post) return c.notFound();
    return write(services, c, form, readComposition(form, { mode: "edit", post }));
  };
}

async function write(
  services: Services,
  c: Context<Env>,
  form: FormData,
  typed: Composition,
): Promise<Response> {
  const seat = seatOf(c);
  const account = speaksFor(c, typed.account);
  if (!seat || !account) return notGranted(c);
  const added = await addPicture(services, c, seat, form, await asPublished(services, seat, typed));
  if (added.problems) return giveBack(services, c, seat, added);
  const { composition } = added;
  // A picture that came along still lacks its description, so the form comes back for it.
  const step = formText(form, "step");
  if (["add-picture", "split", "preview"].includes(step) || form.has("remove"))
    return giveBack(services, c, seat, { composition }, 200);
  if (step === "draft")
    return answerKept(c, seat, await keepComposition(services, seat, composition, { aside: true }));

  const wish = wishes.find((one) => one === step) ?? "publish";
  const more = { account, wish, bypassReason: composition.bypassReason };
  const done = await writeComposition(services, seat, composition, more);
  const answer = answerSubmitted(c, seat, composition, done);
  return answer ?? giveBackWhy(services, c, seat, composition, done);
}

const wishes: readonly Submission["wish"][] = ["publish", "schedule", "ask", "bypass"];

/** The form again, with what stood in the way. */
async function giveBackWhy(
  services: Services,
  c: Context<Env>,
  seat: Seat,
  composition: Composition,
  done: Submitted,
): Promise<Response> {
  const words = draftWords[seat.language];
  const problem = (id: string, message: string): GivenBack => ({
    composition,
    problems: [{ id, message }],
  });
  switch (done.outcome) {
    case "sent":
    case "sending":
    case "scheduled":
    case "awaiting":
      throw new Error("nothing stood in the way");
    case "again": {
      // The next press is meant: it gets a key of its own.
      const errors = composeWords[seat.language].errors;
      const trouble = composition.to.mode === "edit" ? errors.changed : errors.already;
      const now = await versionNow(services, seat, composition);
      return giveBack(services, c, seat, { composition: { ...composition, ...now, once: "" }, trouble });
    }
    case "changed": {
      const now = await versionNow(services, seat, composition);
      const given = { composition: { ...composition, ...now }, ...problemsOf(done, seat.language) };
      return giveBack(services, c, seat, given);
    }
    case "time-missing":
      return giveBack(services, c, seat, problem("when", words.time.missing));
    case "time-passed":
      return giveBack(
        services,
        c,
        seat,
        problem("when", words.time.passed(plannedWords(done.planned.at, seat))),
      );
    case "bypass-reason-missing":
      return giveBack(services, c, seat, problem("bypassReason", approvalWords[seat.language].bypassMissing));
    case "failed":
      return giveBack(services, c, seat, { composition, trouble: words.problems[done.problem] });
    case "thread-changed": {
      const { seen } = done.changes;
      const changed = await changesHtml(services, seat, done.changes);
      return giveBack(services, c, seat, { composition: { ...composition, seen }, changed }, 409);
    }
    case "empty":
    case "too-long":
    case "title-missing":
    case "alternative-text-missing":
    case "personal-number":
    case "unknown-picture":
    case "nobody-addressed":
    case "reason-missing":
    case "parent-missing":
    case "not-ours":
      return giveBack(services, c, seat, { composition, ...problemsOf(done, seat.language) });
  }
}

/** Whoever has been told that the post has changed, and presses again, means to replace what it has become. */
async function versionNow(
  services: Services,
  seat: Seat,
  { to }: Composition,
): Promise<Pick<Composition, "version">> {
  if (to.mode !== "edit") return {};
  const authority = seat.site.authority.id;
  const post = await services.db.read(authority, (tx) => findAnyPost(tx, authority, to.post));
  return post ? { version: post.version } : {};
}
