import { list, object, text } from "./schema.ts";

export const problemSchema = object(
  "What went wrong, by RFC 9457.",
  {
    type: text("Always about:blank: the status says it.", { format: "uri-reference" }),
    title: text("The status in words."),
    status: { type: "integer", description: "The status of the answer." },
    detail: text("What to do."),
    instance: text("The path that was asked for.", { format: "uri-reference" }),
    errors: list(
      object("A parameter that was not understood.", {
        parameter: text("Its name as given."),
        allowed: text("What it may be."),
      }),
      "Only when parameters were not understood.",
    ),
  },
  ["errors"],
);
