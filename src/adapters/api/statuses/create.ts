import { postingDefaults, type PostingDefaults } from "#domain/accounts/posting-defaults.ts";
import type { DraftTarget } from "#domain/drafts/draft.ts";
import { plainContent, type DraftContent } from "#domain/drafts/content.ts";
import { keptEarlier, requestKey, submitOnce, type SubmittedOnce } from "#domain/drafts/submit-once.ts";
import { findMentioned } from "#domain/posts/find-mentioned.ts";
import { publishPost, type Published } from "#domain/posts/publish-post.ts";
import { postDraftOf } from "#domain/drafts/publish-draft.ts";
import { usualCapacity } from "#domain/posts/usual-capacity.ts";
import { writeOnce, type Again } from "#domain/posts/write-once.ts";
import type { Transaction } from "#platform/database.ts";
import { newSecret } from "#platform/secret.ts";
import { invalid, refuse } from "../answers.ts";
import { viewerOf, type Call, type Caller } from "../endpoint.ts";
import { findStatus } from "./find-status.ts";
import { keptAnswer } from "./kept-answer.ts";
import { objectionAnswer } from "./objection.ts";
import { picturesFor } from "./pictures.ts";
import { scheduledTime } from "./scheduled-time.ts";
import { statusAnswer } from "./show.ts";
import { statusWords } from "./words.ts";
import { readWritten, type Written } from "./written.ts";

/** What is to be said, and when. */
type Said = { to: Exclude<DraftTarget, { mode: "edit" }>; content: DraftContent; localTime: string | null };
type Done = Published | SubmittedOnce;

/** POST /api/v1/statuses: publishes, plans, or puts before a colleague; once for each Idempotency-Key. */
export async function create(call: Call<Caller>): Promise<Response> {
  const { services, site, caller, params, now } = call;
  const { language } = caller.person;
  const written = readWritten(params, language);
  if (written instanceof Response) return written;
  const asked = params.text("scheduled_at");
  const localTime = asked ? scheduledTime(asked, site.authority, now, language) : null;
  if (localTime instanceof Response) return localTime;
  await findMentioned(services, site.authority, { sourceType: "plain", source: written.text ?? "" });
  return services.db.as(site.authority.id, async (tx) => {
    const to = await targetOf(tx, call);
    if (!to) return refuse(404, statusWords[language].parentMissing);
    const pictures = await picturesFor(tx, call, written);
    if (pictures instanceof Response) return pictures;
    const defaults = await postingDefaults(tx, site.authority.id, caller.account.id);
    const content = { ...contentOf(call, written, defaults), pictures };
    return answerDone(tx, call, await writeOnceFor(tx, call, { to, content, localTime }));
  });
}

/** An app that did not hear the answer asks again with its key, and is answered the same. */
async function writeOnceFor(tx: Transaction, call: Call<Caller>, said: Said): Promise<Done | Again> {
  const { site, caller, now, c } = call;
  const given = c.req.header("idempotency-key");
  if (!given) return write(tx, call, said, requestKey(newSecret()));
  const key = requestKey(caller.account.id, given);
  const once = { person: caller.person.id, key, said };
  return writeOnce<Done>(
    tx,
    site.authority.id,
    once,
    now,
    () => write(tx, call, said, key),
    (done) => (done.outcome === "published" ? done.id : undefined),
  );
}

async function write(tx: Transaction, call: Call<Caller>, said: Said, once: string): Promise<Done> {
  const { site, caller, now } = call;
  const { to, content, localTime } = said;
  const { account } = caller;
  const person = caller.person.id;
  const form = { person, once, to, content, localTime, reason: "" };
  const earlier = await keptEarlier(tx, site.authority, form);
  if (earlier) return earlier;
  if (account.approval || localTime) {
    const wish = localTime ? ("schedule" as const) : ("ask" as const);
    const more = { wish, bypassReason: "", account, viewer: viewerOf(call), postVersion: null, blank: false };
    return submitOnce(tx, site.authority, { ...form, ...more }, now);
  }
  const { visibility, capacity } = content;
  const inReplyTo = to.mode === "reply" ? to.post : undefined;
  const post = { ...postDraftOf(content), account: account.id, person, visibility, capacity, inReplyTo };
  return publishPost(tx, site.authority, post, now);
}

function answerDone(tx: Transaction, call: Call<Caller>, done: Done | Again): Promise<Response> | Response {
  const { language } = call.caller.person;
  if (done.outcome === "published") return statusAnswer(tx, call, done.id);
  if (done.outcome === "again")
    return done.same ? statusAnswer(tx, call, done.post) : invalid(statusWords[language].keyUsed);
  if (done.outcome === "kept" || done.outcome === "key-used" || done.outcome === "not-kept")
    return keptAnswer(tx, call, done);
  return objectionAnswer(done, language);
}

/** Undefined when what is answered is not there. */
async function targetOf(tx: Transaction, call: Call<Caller>): Promise<Said["to"] | undefined> {
  if (!call.params.text("in_reply_to_id")) return { mode: "new" };
  const parent = await findStatus(tx, call, call.params.id<"post">("in_reply_to_id"));
  return parent && { mode: "reply", post: parent.id };
}

/** What the app did not say is as the account has it set. */
function contentOf(
  { caller, params }: Call<Caller>,
  written: Written,
  defaults: PostingDefaults,
): DraftContent {
  const { account, person } = caller;
  const hides = defaults.sensitive && !params.has("sensitive");
  const said = plainContent({
    account: account.id,
    capacity: usualCapacity(account),
    visibility: params.text("visibility") ? written.visibility : defaults.visibility,
    language: written.language ?? defaults.language ?? person.language,
    text: written.text ?? "",
  });
  return { ...said, warning: written.warning || (hides ? statusWords[person.language].sensitive : "") };
}
