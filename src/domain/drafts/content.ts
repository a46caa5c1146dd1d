import type { MediaId } from "#domain/media/media.ts";
import type { Capacity, SourceType, Visibility } from "#domain/posts/post.ts";

/** What somebody is writing, as typed: whatever it lacks, it comes back whole. */
export type DraftContent = {
  /** As typed or chosen: it may name an account that was taken away since. */
  account: string;
  capacity: Capacity;
  visibility: Visibility;
  language: string;
  article: boolean;
  title: string;
  warning: string;
  text: string;
  /** Of a post being edited; a new one's follows from being an article. */
  sourceType?: SourceType;
  pictures: { media: MediaId; alt: string }[];
  /** Why something may stand that otherwise stops the post; empty when no reason is given. */
  exceptions: { personalNumber: string; alternativeText: string };
  /** A long text goes out as several posts, each answering the one before. */
  split: boolean;
};

/** Just words: no article, pictures or exceptions, in one post. */
export function plainContent(
  said: Pick<DraftContent, "account" | "capacity" | "visibility" | "language" | "text">,
): DraftContent {
  return {
    article: false,
    title: "",
    warning: "",
    pictures: [],
    exceptions: { personalNumber: "", alternativeText: "" },
    split: false,
    ...said,
  };
}
