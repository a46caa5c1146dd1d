import type { PostId } from "#domain/posts/post.ts";
import type { Transaction } from "#platform/database.ts";
import type { Example } from "./fill-example.ts";
import { questions } from "./questions.ts";
import { answer } from "./residents.ts";
import { speak } from "./speak.ts";
import type { Story } from "./tell-story.ts";

/** What residents have asked most lately; the last of it is said to the office alone. Returns that conversation. */
export async function askQuestions(
  tx: Transaction,
  example: Example,
  { residents, threads }: Story,
  now: Temporal.Instant,
): Promise<PostId> {
  const { authority, voice, office } = example;
  const { asa, per, mira } = residents;
  const ago = (minutes: number) => now.subtract({ minutes });
  const ask = (said: Omit<Parameters<typeof answer>[2], "at">, minutes: number) =>
    answer(tx, authority.id, { ...said, at: ago(minutes) });
  const skating = await ask({ by: mira, to: threads.ice, words: questions.ice, language: "en" }, 28);
  await speak(tx, example, voice, questions.iceAnswer, ago(21), { inReplyTo: skating, language: "en" });
  await ask({ by: asa, to: threads.square, words: questions.square }, 19);
  await ask({ by: per, to: threads.water, words: questions.water, mentions: [voice.id] }, 12);
  return ask({ by: asa, to: null, words: questions.direct, mentions: [office.id], direct: true }, 6);
}
