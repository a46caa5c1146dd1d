import { publicTagTimeline, publicTimeline, type PublicWanted } from "#domain/timelines/public-timeline.ts";
import { missing } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { answerTimeline } from "./answer-timeline.ts";

/** As many tags as Mastodon takes in each of its lists. */
const mostTags = 4;

/** GET /api/v1/timelines/public */
export function publicLine(call: Call): Promise<Response> {
  return answerTimeline(call, "public", (tx, page) =>
    publicTimeline(tx, call.site.authority.id, wantedOf(call), page),
  );
}

/** GET /api/v1/timelines/tag/:hashtag */
export function tag(call: Call): Promise<Response> {
  const { site, params } = call;
  const named = (name: string) => params.texts(name).slice(0, mostTags).map(bare);
  const tags = {
    any: [bare(params.text("hashtag") ?? ""), ...named("any")],
    all: named("all"),
    none: named("none"),
  };
  return answerTimeline(call, "public", (tx, page) =>
    publicTagTimeline(tx, site.authority.id, tags, wantedOf(call), page),
  );
}

/** GET /api/v1/timelines/link: nothing trends here. */
export function link(): Response {
  return missing();
}

function wantedOf({ params, caller }: Call): PublicWanted {
  const from = params.flag("local") ? "ours" : params.flag("remote") ? "others" : "all";
  return { from, onlyPictures: params.flag("only_media") ?? false, viewer: caller?.account.id };
}

function bare(tag: string): string {
  return tag.replace(/^#/, "");
}
