import { flag, id, object, page, ref, text } from "./schema.ts";

const position = text("Where to go on. Compare it with nothing and take nothing from it.", {
  pattern: "^(0|[1-9][0-9]{0,17})$",
});

export const changeSchema = object("Something happened to a post.", {
  position,
  change: text("What happened.", { enum: ["published", "edited", "removed", "hidden", "restored"] }),
  post: id("The post."),
  thread: id("The conversation that it is in now."),
  state: text("How the post stands now, whatever happened then.", { enum: ["shown", "removed", "hidden"] }),
  threadListed: flag(
    "False when the authority no longer takes part: then the whole conversation has left open data.",
  ),
});

export const changeListSchema = page("What has happened, in order.", ref("change"), { position });
