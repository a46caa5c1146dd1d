import { accountUrl, postUrl } from "#context.ts";
import { anyone } from "#domain/posts/visible-to.ts";
import { findPost } from "#domain/posts/read-posts.ts";
import { accountsById } from "#domain/accounts/account.ts";
import { plainText } from "#domain/text/blocks.ts";
import { html } from "#platform/html.ts";
import { answer, missing } from "../answers.ts";
import type { Call } from "../endpoint.ts";
import { findAddress } from "./find-address.ts";

const longestTitle = 100;

/** GET /api/oembed: a post of ours, to be quoted on a page elsewhere. Its words alone: no frame and no script. */
export async function oembed({
  services,
  site,
  params,
}: Pick<Call, "services" | "site" | "params">): Promise<Response> {
  const authority = site.authority;
  const address = params.text("url") ?? "";
  if (URL.parse(address)?.origin !== site.origin) return missing();
  const found = await services.db.read(authority.id, async (tx) => {
    const named = await findAddress(tx, site, address);
    const post = named && "post" in named ? await findPost(tx, authority.id, named.post, anyone) : undefined;
    // Others' posts are not ours to hand out.
    if (!post || post.uri !== null) return undefined;
    const author = (await accountsById(tx, authority.id, [post.account])).get(post.account);
    return author && { post, author };
  });
  if (!found) return missing();
  const { post, author } = found;
  const page = postUrl(site, author.handle, post.id);
  const text = post.warning ?? plainText(post.blocks);
  const words = post.title ?? text;
  const quoted = html`<blockquote cite="${page}"><p>${text}</p><p><a href="${page}">${author.name}, ${authority.name}</a></p></blockquote>`;
  return answer({
    type: "rich",
    version: "1.0",
    title: words.length > longestTitle ? `${words.slice(0, longestTitle - 1)}…` : words,
    author_name: author.name,
    author_url: accountUrl(site, author.handle),
    provider_name: authority.name,
    provider_url: site.origin,
    cache_age: 3_600,
    html: quoted.text,
    width: Math.min(Math.max(params.number("maxwidth") ?? 400, 1), 2_000),
    height: null,
  });
}
