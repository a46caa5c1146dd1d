import { isDeepStrictEqual } from "node:util";
import type { DraftContent } from "#domain/drafts/content.ts";
import { requestKey, submitOnce } from "#domain/drafts/submit-once.ts";
import { postDraftOf } from "#domain/drafts/publish-draft.ts";
import { editPost } from "#domain/posts/edit-post.ts";
import { findMentioned } from "#domain/posts/find-mentioned.ts";
import type { Post } from "#domain/posts/post.ts";
import { usualCapacity } from "#domain/posts/usual-capacity.ts";
import type { Transaction } from "#platform/database.ts";
import { missing } from "../answers.ts";
import { viewerOf, type Call, type Caller } from "../endpoint.ts";
import { findStatus } from "./find-status.ts";
import { keptAnswer } from "./kept-answer.ts";
import { objectionAnswer } from "./objection.ts";
import { picturesFor } from "./pictures.ts";
import { statusAnswer } from "./show.ts";
import { statusWords } from "./words.ts";
import { readWritten, type Written } from "./written.ts";

/** PUT /api/v1/statuses/:id: other words, pictures or descriptions. What says the same makes no version. */
export async function edit(call: Call<Caller>): Promise<Response> {
  const { services, site, caller, params } = call;
  const written = readWritten(params, caller.person.language);
  if (written instanceof Response) return written;
  await findMentioned(services, site.authority, { sourceType: "plain", source: written.text ?? "" });
  return services.db.as(site.authority.id, async (tx) => {
    const post = await findStatus(tx, call, params.id("id"));
    if (!post || post.account !== caller.account.id || post.boostedBy) return missing();
    const pictures = await picturesFor(tx, call, written, post.attachments);
    if (pictures instanceof Response) return pictures;
    const content = { ...contentOf(call, post, written), pictures };
    return saysThat(post, content) ? statusAnswer(tx, call, post.id) : save(tx, call, post, content);
  });
}

async function save(
  tx: Transaction,
  call: Call<Caller>,
  post: Post,
  content: DraftContent,
): Promise<Response> {
  const { site, caller, now } = call;
  const { account, person } = caller;
  // An app cannot be told why, while whoever reads the history is told that nobody said.
  const reason = statusWords[content.language === "en" ? "en" : "sv"].changedInApp;
  if (account.approval) {
    const said = {
      person: person.id,
      once: requestKey(account.id, post.id, String(post.version), JSON.stringify(content)),
      to: { mode: "edit" as const, post: post.id },
      content,
      reason,
      postVersion: post.version,
      localTime: null,
      blank: false,
    };
    const more = { wish: "ask" as const, bypassReason: "", account, viewer: viewerOf(call) };
    return keptAnswer(tx, call, await submitOnce(tx, site.authority, { ...said, ...more }, now));
  }
  const by = { account: account.id, person: person.id, post: post.id, version: post.version };
  const edited = await editPost(tx, site.authority, { ...postDraftOf(content), ...by, reason }, now);
  return edited.outcome === "edited"
    ? statusAnswer(tx, call, post.id)
    : objectionAnswer(edited, person.language);
}

function contentOf({ caller }: Call<Caller>, post: Post, written: Written): DraftContent {
  return {
    account: caller.account.id,
    capacity: post.capacity ?? usualCapacity(caller.account),
    visibility: post.visibility,
    language: written.language ?? post.language ?? caller.person.language,
    article: post.kind === "article",
    title: post.title ?? "",
    warning: written.warning,
    text: written.text ?? post.source,
    sourceType: post.sourceType,
    pictures: [],
    exceptions: { personalNumber: "", alternativeText: "" },
    split: false,
  };
}

function saysThat(post: Post, { text, warning, language, pictures }: DraftContent): boolean {
  const said = {
    text: post.source,
    warning: post.warning ?? "",
    language: post.language,
    pictures: post.attachments,
  };
  return isDeepStrictEqual(said, { text, warning, language, pictures });
}
