import { type Site, tagUrl } from "#context.ts";
import type { Media } from "#domain/media/media.ts";
import { plainText, type Block } from "#domain/text/blocks.ts";
import { renderBlocks } from "#domain/text/to-html.ts";
import { pictureOf } from "#ui/present-post.ts";

/** Words as text and as HTML that can stand anywhere: every address is absolute. */
export function written(
  site: Site,
  blocks: readonly Block[],
  media: ReadonlyMap<string, Media>,
  linkRel?: string,
): { text: string; html: string } {
  const absolute = (path: string) => (path.startsWith("/") ? site.origin + path : path);
  const html = renderBlocks(blocks, {
    tagHref: (name) => tagUrl(site, name),
    mentionHref: (mention) => (mention.href.startsWith("/") ? absolute(mention.href) : undefined),
    ...(linkRel ? { linkRel } : {}),
    image: (id) => {
      const picture = pictureOf(media.get(id));
      return picture && { ...picture, src: absolute(picture.src) };
    },
  });
  return { text: plainText(blocks), html };
}
