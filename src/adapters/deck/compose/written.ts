import type { Written } from "#domain/drafts/keep-draft.ts";
import type { PersonId } from "#domain/people/person.ts";
import type { Composition } from "./composition.ts";

/** What a composer holds, as drafts/ keeps it. */
export function writtenIn(composition: Composition, person: PersonId): Written {
  const { to, reason, once, version, when, seen, ...content } = composition;
  return {
    person,
    once,
    to,
    content,
    reason,
    postVersion: version ?? null,
    seen: seen || null,
    localTime: when || null,
    blank: isBlank(composition),
  };
}

/** An answer that names only those it goes to has not been begun. */
function isBlank({ to, text, title, warning, pictures, reason }: Composition): boolean {
  const handles = /@[\w.-]+(@[\w.:-]+)?/g;
  const words = to.mode === "reply" ? text.replace(handles, "") : text;
  const given = to.mode === "reply" ? [words, title] : [words, title, warning, reason];
  return pictures.length === 0 && given.every((one) => one.trim() === "");
}
