import {
  address,
  addressOrNull,
  count,
  flag,
  id,
  idOrNull,
  list,
  object,
  page,
  ref,
  text,
  textOrNull,
  time,
  timeOrNull,
} from "./schema.ts";

const author = {
  type: ["object", "null"],
  description: "Who wrote it; null where that is withheld.",
  properties: {
    name: text("The name that is shown."),
    handle: text("As WebFinger has it, without a leading @."),
    url: addressOrNull("Their page."),
  },
  required: ["name", "handle", "url"],
} as const;

const attachment = object("A picture. It is not covered by CC0.", {
  url: address("The picture."),
  type: text("Its media type."),
  width: count("In pixels."),
  height: count("In pixels."),
  alt: text("What is seen, in words."),
});

/** Reasons for which another person's words are not given away, though our own page shows them. */
export const withheldReasons = ["author-not-indexable", "unlisted"] as const;

export const postSchema = object("A post in a public conversation, as it is now.", {
  id: id("In order of arrival, which need not be the order of publishing."),
  thread: id(
    "The first post of the conversation, as far as we know it. It changes when an earlier one is found.",
  ),
  inReplyTo: idOrNull("The post that it answers, where everyone may see that one."),
  url: address("Our public page of it, in its conversation."),
  uri: textOrNull("Its name in ActivityPub, as it was given; null where it is withheld."),
  originalUrl: addressOrNull("Its page where it was written; null for our own, and where it is withheld."),
  ours: flag("Whether one of the authority's accounts wrote it."),
  account: idOrNull("The account of the authority that wrote it; null for others'."),
  author,
  network: text("Where it was said; torg is the authority's own place."),
  visibility: text("Unlisted posts are in no list of posts, but stand in their conversation.", {
    enum: ["public", "unlisted"],
  }),
  publishedAt: time("When it says that it was published."),
  editedAt: timeOrNull("When it was last edited."),
  withheld: textOrNull(
    "Why the words, tags, pictures and author are left out: the author has not agreed to be found by search engines, or the post is unlisted. Its page shows it.",
    { enum: [...withheldReasons, null] },
  ),
  license: textOrNull("CC0-1.0 for the authority's own words; null for others', which belong to them.", {
    enum: ["CC0-1.0", null],
  }),
  kind: textOrNull("A short post or an article.", { enum: ["note", "article", null] }),
  capacity: textOrNull("In which capacity an account of ours speaks.", {
    enum: ["authority", "office", "personal", null],
  }),
  language: textOrNull("BCP 47, as the writer said."),
  title: textOrNull("Of an article."),
  warning: textOrNull("What it warns of, shown before the words."),
  text: textOrNull("The words as plain text."),
  html: textOrNull("The words as HTML with absolute addresses."),
  tags: list(text("Without #."), "Tags as they were written."),
  attachments: list(attachment, "Pictures, in order."),
  version: {
    type: ["integer", "null"],
    minimum: 1,
    description: "How many times it has been written; 1 if never edited.",
  },
  editReason: textOrNull("Why one of ours was last edited."),
  historyUrl: addressOrNull("All versions of one of ours that was edited."),
});

export const postListSchema = page("Posts in order of arrival.", ref("post"));
