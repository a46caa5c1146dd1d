import type { Services } from "#context.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import type { PersonId } from "#domain/people/person.ts";
import { editPost, type Edited } from "#domain/posts/edit-post.ts";
import type { Draft } from "#domain/posts/post.ts";
import { publishPost, type Published } from "#domain/posts/publish-post.ts";
import { writeOnce, type Again } from "#domain/posts/write-once.ts";
import type { Composition } from "./composition.ts";
import { findMentioned } from "./find-mentioned.ts";

/** Publishes what stands in a composer, or the new version of a post, once for each form that was given out. */
export async function writeComposition(
  services: Services,
  authority: Authority,
  what: { composition: Composition; draft: Draft; account: AccountId; person: PersonId },
): Promise<Published | Edited | Again> {
  const { composition, draft, account, person } = what;
  const { to, capacity, visibility, reason, version } = composition;
  await findMentioned(services, authority, draft);
  const now = services.clock();
  const said = { to, account, capacity, visibility, reason, draft };
  return services.db.as(authority.id, (tx) =>
    writeOnce<Published | Edited>(
      tx,
      authority.id,
      { person, key: composition.once, said },
      now,
      () =>
        to.mode === "edit"
          ? editPost(tx, authority, { ...draft, reason, version, account, person, post: to.post }, now)
          : publishPost(
              tx,
              authority,
              {
                ...draft,
                account,
                person,
                visibility,
                capacity,
                inReplyTo: to.mode === "reply" ? to.post : undefined,
              },
              now,
            ),
      (done) => {
        if (done.outcome === "published") return done.id;
        return done.outcome === "edited" && to.mode === "edit" ? to.post : undefined;
      },
    ),
  );
}
