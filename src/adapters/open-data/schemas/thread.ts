import { address, count, id, list, object, page, ref, text, time } from "./schema.ts";

const about = {
  id: id("Of its first post, as far as we know it."),
  url: address("The page that shows all of it."),
};

export const threadSchema = object("A conversation in numbers. What the public may not see is not counted.", {
  ...about,
  postCount: count("Posts that its page shows."),
  ownPostCount: count("Those of them that are the authority's."),
  accounts: list(id("In the register."), "Accounts of the authority that take part."),
  networks: list(text("torg is the authority's own place."), "Where it was said."),
  firstAt: time("When the first of the posts was published."),
  lastAt: time("When the last of the posts was published."),
});

export const threadListSchema = page("Conversations in order of their first post's arrival.", ref("thread"));

export const conversationSchema = page("A conversation, post by post, in order of arrival.", ref("post"), {
  ...about,
  missingPosts: list(
    object("A post that was here.", {
      id: id("What others may answer."),
      state: text("Removed by who wrote it, or hidden by the authority under one of its rules.", {
        enum: ["removed", "hidden"],
      }),
    }),
    "What is not on this page of it any more.",
  ),
  notPublicCount: count("Posts in it that were not said in public."),
});
