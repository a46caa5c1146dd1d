import { addBookmark } from "#domain/posts/bookmarks.ts";
import { pinPost } from "#domain/posts/pins.ts";
import type { Account, AccountId } from "#domain/accounts/account.ts";
import type { MediaId } from "#domain/media/media.ts";
import { decideOnPost } from "#domain/moderation/decide.ts";
import { receiveReport } from "#domain/moderation/report.ts";
import { deletePost } from "#domain/posts/delete-post.ts";
import { editPost } from "#domain/posts/edit-post.ts";
import type { Draft, PostId } from "#domain/posts/post.ts";
import { react } from "#domain/posts/react.ts";
import { receiveDelete } from "#domain/posts/receive-change.ts";
import { receiveReaction } from "#domain/posts/receive-reaction.ts";
import { findAnyPost } from "#domain/posts/read-posts.ts";
import { receiveFollow } from "#domain/relationships/follows.ts";
import type { Transaction } from "#platform/database.ts";
import type { Drawing } from "./drawings.ts";
import type { Example } from "./fill-example.ts";
import { addResident, answer } from "./residents.ts";
import { speak } from "./speak.ts";
import { article, texts } from "./texts.ts";

/** Who lives in the example, and the threads that its work is about. */
export type Story = {
  residents: Record<"asa" | "per" | "mira", AccountId>;
  threads: Record<"bus" | "square" | "water" | "ice" | "blog" | "morning", PostId>;
};

/** What was said during the example's last weeks, in the order in which it was said. */
export async function tellStory(
  tx: Transaction,
  example: Example,
  pictures: Record<Drawing, string>,
  now: Temporal.Instant,
): Promise<Story> {
  const { authority, admin, voice, office } = example;
  const { id } = authority;
  const ago = (hours: number, minutes = 0) => now.subtract({ hours, minutes });
  const picture = (drawing: Drawing, alt: string) => [{ media: pictures[drawing] as MediaId, alt }];
  const say = (
    by: Account,
    source: string,
    at: Temporal.Instant,
    more: Partial<Draft> & { inReplyTo?: PostId } = {},
  ) => speak(tx, example, by, source, at, more);
  const asa = await addResident(tx, id, {
    handle: "asa",
    domain: "social.example",
    name: "Åsa i Exempelby",
    says: "Påhittad invånare i Torgs exempel.",
  });
  const per = await addResident(tx, id, {
    handle: "per",
    domain: "byn.example",
    name: "Per i Provträsk",
    says: "Påhittad invånare i Torgs exempel.",
  });
  const mira = await addResident(tx, id, {
    handle: "mira",
    domain: "social.example",
    name: "Mira",
    says: "Made-up resident in Torg's example. Sometimes in English.",
  });
  for (const [index, follower] of [asa, per, mira].entries())
    for (const followed of [voice, office])
      await receiveFollow(tx, id, {
        network: "fediverse",
        uri: `https://social.example/follows/${index}-${followed.handle}`,
        follower,
        followed,
        entry: null,
      });

  const welcome = await say(voice, texts.welcome, ago(21 * 24));
  await say(office, texts.first, ago(20 * 24, 40));
  const bus = await say(voice, texts.bus, ago(12 * 24));
  const busAsked = await answer(tx, id, {
    by: mira,
    to: bus,
    words: texts.busQuestion,
    at: ago(12 * 24 - 1),
    language: "en",
  });
  await say(voice, texts.busAnswer, ago(12 * 24 - 2), { inReplyTo: busAsked, language: "en" });
  const square = await say(voice, texts.square, ago(9 * 24), {
    attachments: picture("map", texts.squareAlt),
  });
  const schools = await say(office, texts.school, ago(6 * 24), {
    attachments: picture("school", texts.schoolAlt),
  });
  const kindWord = await answer(tx, id, {
    by: asa,
    to: schools,
    words: texts.schoolThanks,
    at: ago(6 * 24 - 3),
  });
  const blog = await say(office, article.text(pictures.pool), ago(4 * 24), {
    kind: "article",
    sourceType: "markdown",
    title: article.title,
  });
  await answer(tx, id, { by: per, to: blog, words: texts.articleReply, at: ago(4 * 24 - 5) });
  const water = await say(voice, texts.water, ago(3 * 24));
  const mistaken = await say(voice, texts.mistake, ago(2 * 24));
  await deletePost(tx, id, { id: mistaken, account: voice.id, person: admin.id }, ago(2 * 24 - 1));
  const ice = await say(voice, texts.ice, ago(30));

  const morning = await say(office, texts.morning, ago(5, 12), {
    attachments: picture("pool", texts.poolAlt),
  });
  const asked = await answer(tx, id, { by: asa, to: morning, words: texts.opening, at: ago(5, 5) });
  await editPost(
    tx,
    authority,
    {
      kind: "note",
      sourceType: "plain",
      source: texts.morningCorrected,
      language: "sv",
      attachments: picture("pool", texts.poolAlt),
      reason: texts.morningReason,
      account: office.id,
      person: admin.id,
      post: morning,
    },
    ago(4, 58),
  );
  await say(office, texts.answer, ago(4, 50), { inReplyTo: asked });
  const idea = await answer(tx, id, { by: per, to: morning, words: texts.idea, at: ago(4, 29) });
  await answer(tx, id, { by: mira, to: asked, words: texts.thanks, at: ago(4, 2) });
  const named = await answer(tx, id, { by: per, to: morning, words: texts.tooPersonal, at: ago(3, 40) });
  await decideOnPost(
    tx,
    id,
    { action: "hide", post: named, rule: 3, reason: texts.hideReason, person: admin.id },
    ago(3, 20),
  );
  const regretted = await answer(tx, id, { by: mira, to: morning, words: texts.regretted, at: ago(3, 10) });
  const gone = await findAnyPost(tx, id, regretted);
  await receiveDelete(
    tx,
    id,
    {
      network: "fediverse",
      uri: gone?.uri ?? "",
      author: mira,
      authorUri: "https://social.example/users/mira",
      entry: null,
    },
    ago(3),
  );
  const reported = await answer(tx, id, { by: per, to: schools, words: texts.advertisement, at: ago(2) });
  await receiveReport(tx, id, {
    post: reported,
    account: per,
    reporter: mira,
    contact: null,
    words: texts.report,
    uri: "https://social.example/reports/1",
  });
  await answer(tx, id, { by: asa, to: morning, words: texts.waiting, at: ago(0, 35), mentions: [office.id] });

  for (const [reaction, account, post] of [
    ["favourite", asa, morning],
    ["favourite", mira, morning],
    ["boost", per, morning],
    ["favourite", per, blog],
    ["boost", asa, blog],
  ] as const)
    await receiveReaction(tx, id, {
      reaction,
      network: "fediverse",
      uri: `https://social.example/${reaction}s/${account}-${post}`,
      account,
      post,
      entry: null,
    });
  await react(tx, id, { reaction: "favourite", post: kindWord, account: office.id, person: admin.id });
  await react(tx, id, { reaction: "favourite", post: idea, account: office.id, person: admin.id });
  await react(tx, id, { reaction: "boost", post: blog, account: voice.id, person: admin.id });
  const greeting = { id: welcome, account: voice.id, visibility: "public" } as const;
  const { outcome } = await pinPost(tx, id, { account: voice.id, person: admin.id, post: greeting });
  if (outcome !== "pinned") throw new Error(`the example's pin: ${outcome}`);
  await addBookmark(tx, id, { account: office.id, post: idea });
  return { residents: { asa, per, mira }, threads: { bus, square, water, ice, blog, morning } };
}
