import { findPrivateContacts, type ContactDetail } from "#domain/checks/contact-details.ts";
import { findPersonalNumbers } from "#domain/checks/personal-numbers.ts";
import { longSentences, readability, type Readability } from "#domain/checks/readability.ts";
import { unusualTime, type UnusualTime } from "#domain/checks/unusual-time.ts";
import { type Authority, firstLanguage } from "#domain/authorities/authority.ts";
import { articleLength, everyWord } from "#domain/posts/check-draft.ts";
import { collectLinks, plainText, type Block } from "#domain/text/blocks.ts";
import { blocksFromMarkdown } from "#domain/text/from-markdown.ts";
import { blocksFromPlain } from "#domain/text/from-plain.ts";
import { characterCount, partsToSend, splitText, threadPartLength } from "#domain/text/split-text.ts";
import { draftOf, type Composition } from "./composition.ts";
import type { LinkCheck } from "./link-check.ts";

/** What the checks say of a text being written. The first two stop it until they are mended or given a reason. */
export type Finding =
  | { check: "personalNumber"; found: string[] }
  | { check: "alternativeText"; missing: number }
  | { check: "contact"; details: ContactDetail[] }
  | { check: "longSentences"; sentences: string[] }
  | { check: "links"; urls: string[] }
  | { check: "time"; unusual: UnusualTime };
export type Findings = {
  findings: Finding[];
  readability: Readability | undefined;
  characters: number;
  /** The texts that go out, when there are to be several. */
  parts: string[];
  /** Long enough, or marked, to be worth parting. */
  splittable: boolean;
  /** Links that were just asked for: worth asking again. */
  pending: boolean;
};

const mostLinks = 10;
const longestLink = 2_000;

export function findingsOf(
  typed: Composition,
  around: { authority: Authority; now: Temporal.Instant; linkState: LinkCheck },
): Findings {
  const { authority, now } = around;
  const composition = withinReason(typed);
  const draft = draftOf(composition, firstLanguage(authority));
  const blocks = blocksOf(draft.sourceType, draft.source);
  const read = [composition.article ? composition.title : "", composition.warning, plainText(blocks)].join(
    "\n\n",
  );
  const words = everyWord({ ...draft, reason: composition.reason });
  const today = now.toZonedDateTimeISO(authority.zone).toPlainDate();
  const links = collectLinks(blocks)
    .filter((url) => /^https?:/.test(url) && url.length <= longestLink)
    .slice(0, mostLinks);
  const states = links.map((url) => around.linkState(url));
  const found: (Finding | undefined)[] = [
    some(findPersonalNumbers(words, today), (all) => ({ check: "personalNumber", found: all })),
    some(
      composition.pictures.filter((picture) => picture.alt.trim() === ""),
      (all) => ({
        check: "alternativeText",
        missing: all.length,
      }),
    ),
    some(
      findPrivateContacts(words, [authority.handleDomain, authority.domain, ...hostOf(authority.email)]),
      (all) => ({
        check: "contact",
        details: all,
      }),
    ),
    some(longSentences(read), (all) => ({ check: "longSentences", sentences: all })),
    some(
      links.filter((_, index) => states[index] === "silent"),
      (all) => ({ check: "links", urls: all }),
    ),
    some(unusualTimes(composition, around), ([unusual]) => ({ check: "time", unusual })),
  ];
  const splits = composition.to.mode !== "edit" && !composition.article;
  return {
    findings: found.filter((finding) => finding !== undefined),
    readability: readability(read),
    characters: typed.text.length > articleLength ? typed.text.length : characterCount(typed.text),
    parts: splits ? partsToSend(composition) : [composition.text],
    splittable: splits && splitText(composition.text, threadPartLength).length > 1,
    pending: states.includes("pending"),
  };
}

/** What is longer than can ever be sent is not read to its end. */
function withinReason(typed: Composition): Composition {
  const short = (text: string) => text.slice(0, articleLength);
  const { text, title, warning, reason, pictures } = typed;
  return {
    ...typed,
    text: short(text),
    title: short(title),
    warning: short(warning),
    reason: short(reason),
    pictures: pictures.map((picture) => ({ ...picture, alt: short(picture.alt) })),
  };
}

/** Nothing is said of the time before there is something to send. */
function unusualTimes(
  { when, text }: Composition,
  { authority, now }: { authority: Authority; now: Temporal.Instant },
): UnusualTime[] {
  if (text.trim() === "") return [];
  const at = when ? plannedFor(when, authority.zone) : now.toZonedDateTimeISO(authority.zone);
  const unusual = at && unusualTime(at);
  return unusual ? [unusual] : [];
}

function plannedFor(when: string, zone: string): Temporal.ZonedDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(when, { overflow: "reject" }).toZonedDateTime(zone);
  } catch {
    return undefined;
  }
}

function blocksOf(sourceType: "plain" | "markdown", source: string): Block[] {
  return sourceType === "markdown" ? blocksFromMarkdown(source) : blocksFromPlain(source);
}

function hostOf(email: string | null): string[] {
  const host = email?.split("@")[1];
  return host ? [host] : [];
}

function some<T>(items: T[], finding: (items: [T, ...T[]]) => Finding): Finding | undefined {
  const [first, ...rest] = items;
  return first === undefined ? undefined : finding([first, ...rest]);
}
