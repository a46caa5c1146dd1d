import { grantedAccounts } from "#domain/accounts/grants.ts";
import type { NotWritten } from "#domain/posts/check-draft.ts";
import { publishPost } from "#domain/posts/publish-post.ts";
import type { Visibility } from "#domain/posts/post.ts";
import { siteOf } from "#context.ts";
import { CommandError, UsageError, type Command } from "./command.ts";
import { findColleague, findVoice } from "./find-colleague.ts";
import { authorityFlag, chooseAuthority, withStore } from "./with-store.ts";

export const post: Command = {
  summary: "Publish a short post as an account.",
  arguments: ["<handle>", '"<text>"'],
  flags: {
    language: { value: "CODE", help: "The language of the text; the authority's own unless told." },
    visibility: { value: "WHO", help: "public (unless told), unlisted, followers or direct." },
    by: { value: "EMAIL", help: "The person who publishes it; the journal names nobody unless told." },
    ...authorityFlag,
  },
  run(call) {
    const visibility = call.value("visibility") ?? "public";
    if (!isVisibility(visibility))
      throw new UsageError(
        `--visibility is public, unlisted, followers or direct, not "${visibility}". Nothing was published.`,
      );
    return withStore(call, async (db) => {
      const authority = await chooseAuthority(call, db);
      const account = await findVoice(db, authority, call.argument(0));
      const email = call.value("by");
      const person = email === undefined ? undefined : await findColleague(db, authority, email);
      const published = await db.as(authority.id, async (tx) => {
        const granted = person ? await grantedAccounts(tx, authority.id, person.id) : [account];
        if (!granted.some((one) => one.id === account.id))
          throw new CommandError(
            "not-granted",
            `${email} may not speak for @${account.handle}. Nothing was published.`,
          );
        if (account.approval)
          throw new CommandError(
            "approval-needed",
            `What @${account.handle} says is approved by a colleague first, which is done in the deck. Nothing was published.`,
          );
        return publishPost(
          tx,
          authority,
          {
            kind: "note",
            sourceType: "plain",
            source: call.argument(1),
            language: call.value("language") ?? authority.languages[0] ?? "sv",
            attachments: [],
            account: account.id,
            person: person?.id ?? null,
            visibility,
            capacity: account.kind === "office" ? "office" : "authority",
          },
          call.clock(),
        );
      });
      if (published.outcome !== "published") throw refused(published);
      const url = `${siteOf(call.config, authority).origin}/@${account.handle}/${published.id}`;
      return { text: url, json: { id: published.id, url } };
    });
  },
};

function isVisibility(text: string): text is Visibility {
  return ["public", "unlisted", "followers", "direct"].includes(text);
}

function refused(objection: NotWritten | { outcome: "parent-missing" }): CommandError {
  const words =
    objection.outcome === "empty"
      ? "The text is empty."
      : objection.outcome === "too-long"
        ? `The text is longer than ${objection.max} characters.`
        : objection.outcome === "nobody-addressed"
          ? "A direct post must mention somebody that Torg knows, as in @namn@exempel.se."
          : objection.outcome === "personal-number"
            ? `The text holds what looks like a personal number (${objection.found.join(", ")}). Where a reason can be given, in the deck, it may stand.`
            : `The post could not be published (${objection.outcome}).`;
  return new CommandError(objection.outcome, `${words} Nothing was published.`);
}
