import {
  address,
  addressOrNull,
  flag,
  id,
  list,
  object,
  page,
  ref,
  text,
  textOrNull,
  time,
} from "./schema.ts";

export const accountSchema = object(
  "A public voice of the authority. What is not in the register is not theirs.",
  {
    id: id("Stays the same when the handle changes."),
    uri: address("Its name in ActivityPub."),
    handle: text("As WebFinger has it, without a leading @: kommunchef@example.se."),
    url: address("Its public page."),
    name: text("The name that is shown."),
    kind: text("The authority itself, or an office in it.", { enum: ["authority", "office"] }),
    role: textOrNull("The office."),
    answers: textOrNull("Who answers for it, as its page says."),
    biography: object("What it says of itself.", {
      text: text("As plain text."),
      html: text("As HTML with absolute addresses."),
    }),
    fields: list(
      object("A row of the profile.", {
        name: text("What the row is about."),
        value: text("What it says; often an address."),
        verified: flag("Whether that address links back."),
      }),
      "Rows of the profile, in order.",
    ),
    avatar: addressOrNull("Its picture."),
    feed: address("Its posts as a feed."),
    since: time("When it was created."),
    active: flag("False for those who no longer speak; what they said stays."),
  },
);

export const accountListSchema = page(
  "The register of accounts, former ones included, in order of arrival.",
  ref("account"),
);
