import type { Authority } from "#domain/authorities/authority.ts";
import { findPersonalNumbers } from "#domain/checks/personal-numbers.ts";
import { mediaById } from "#domain/media/media.ts";
import { plainText } from "#domain/text/blocks.ts";
import { blocksFromMarkdown } from "#domain/text/from-markdown.ts";
import type { Transaction } from "#platform/database.ts";
import type { Draft } from "./post.ts";

/** The most that a short post may hold, in UTF-16 units; articles have room. */
export const noteLength = 5_000;
/** Of a post that is typed here; others may have more. */
export const mostPictures = 4;
export const articleLength = 200_000;
/** What stands around it: a title, a warning, what is said of a picture. Forms allow less. */
const longestBeside = 2_000;

export type NotWritten =
  | { outcome: "empty" }
  | { outcome: "too-long"; max: number }
  | { outcome: "title-missing" }
  | { outcome: "alternative-text-missing"; media: string }
  | { outcome: "personal-number"; found: string[] }
  | { outcome: "unknown-picture"; media: string }
  | { outcome: "nobody-addressed" };

/** A check that stopped the draft until somebody gave a reason. */
export type Overridden = { check: "personal-number" | "alternative-text"; reason: string };

/** What a draft lacks before it may be published, whoever wrote it; else which checks were set aside, and why. */
export async function checkDraft(
  tx: Transaction,
  authority: Authority,
  draft: Draft & { reason?: string },
  now: Temporal.Instant,
): Promise<NotWritten | { overridden: Overridden[] }> {
  const max = draft.kind === "article" ? articleLength : noteLength;
  if (draft.source.length > max) return { outcome: "too-long", max };
  const beside = [draft.title, draft.warning, ...draft.attachments.map(({ alt }) => alt)];
  if (beside.some((text) => text && text.length > longestBeside))
    return { outcome: "too-long", max: longestBeside };
  if (draft.source.trim() === "" && draft.attachments.length === 0) return { outcome: "empty" };
  if (draft.kind === "article" && !draft.title?.trim()) return { outcome: "title-missing" };
  const media = await mediaById(
    tx,
    authority.id,
    draft.attachments.map((attachment) => attachment.media),
  );
  const unknown = draft.attachments.find((attachment) => media.get(attachment.media)?.state !== "ready");
  if (unknown) return { outcome: "unknown-picture", media: unknown.media };
  const { personalNumber = "", alternativeText = "" } = draft.exceptions ?? {};
  const overridden: Overridden[] = [];
  const silent = draft.attachments.find((attachment) => attachment.alt.trim() === "");
  if (silent && !alternativeText.trim()) return { outcome: "alternative-text-missing", media: silent.media };
  if (silent) overridden.push({ check: "alternative-text", reason: alternativeText.trim() });
  const found = findPersonalNumbers(everyWord(draft), now.toZonedDateTimeISO(authority.zone).toPlainDate());
  if (found.length > 0 && !personalNumber.trim()) return { outcome: "personal-number", found };
  if (found.length > 0) overridden.push({ check: "personal-number", reason: personalNumber.trim() });
  return { overridden };
}

/** Everything of a draft that others will be able to read. */
export function everyWord(
  draft: Pick<Draft, "sourceType" | "source" | "title" | "warning" | "attachments"> & { reason?: string },
): string {
  const { sourceType, source, title = "", warning = "", attachments, reason = "" } = draft;
  // Marks within a word ("6408**23**-3234", "640823\\-3234") are gone when it is read.
  const shown = sourceType === "markdown" ? plainText(blocksFromMarkdown(source)) : "";
  return [title, warning, source, shown, ...attachments.map(({ alt }) => alt), reason].join("\n\n");
}
