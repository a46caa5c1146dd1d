import type { Handler } from "hono";
import type { Env, Services } from "#context.ts";
import { versionsOfPost, type Version } from "#domain/posts/save-version.ts";
import { plainText } from "#domain/text/blocks.ts";
import { html, raw, type Html } from "#platform/html.ts";
import { formatInstant, type Language } from "#platform/i18n.ts";
import { pageHead, section } from "#ui/controls.ts";
import { findOwnPost, movedTo, notShown } from "./post.ts";
import { pageRequest, respond, type PageRequest } from "./page-request.ts";
import { wordDiff } from "./word-diff.ts";
import { webWords } from "./words.ts";

/** Every version of one of our posts, with what was changed, when and why. */
export function historyPage(services: Services): Handler<Env> {
  return async (c) => {
    const request = pageRequest(services, c);
    const { authority } = request.site;
    const found = await services.db.read(authority.id, async (tx) => {
      const own = await findOwnPost(tx, request, c);
      return own.state === "shown"
        ? { ...own, versions: await versionsOfPost(tx, authority.id, own.post.id) }
        : own;
    });
    if (found.state !== "shown") return notShown(services, c, request, found);
    const moved = movedTo(c, request, found, "/history");
    if (moved) return moved;
    const words = webWords[request.language].history;
    const { versions, post, author } = found;
    const name = author.name || author.handle;
    return respond(services, c, request, {
      title: words.titleOf(name),
      robots: "noindex",
      main: html`${pageHead({
        title: words.titleOf(name),
        lead: words.lead,
        actions: html`<a href="${request.to(`/@${author.handle}/${post.id}`)}">${words.back}</a>`,
      })}${versions.length === 1 ? html`<p>${words.unchanged}</p>` : null}${versions
        .map((version, index) => oneVersion(request, version, versions[index - 1]))
        .toReversed()}`,
    });
  };
}

function oneVersion(request: PageRequest, version: Version, before: Version | undefined): Html {
  const words = webWords[request.language].history;
  const { zone } = request.site.authority;
  const when = formatInstant(version.at, { language: request.language, zone, style: "full" });
  const now = textOf(version, request.language);
  const changes = before ? changed(textOf(before, request.language), now, request.language) : html`${now}`;
  return section({
    title: before ? words.version(version.version, when) : words.first(when),
    id: `version-${version.version}`,
    body: html`${version.reason ? html`<p>${words.reason(version.reason)}</p>` : null}
      <div class="body prose" lang="${version.language ?? request.language}">${paragraphs(changes)}</div>`,
  });
}

/** Marks are read out as well: a line through words says nothing to who does not see it. */
function changed(before: string, after: string, language: Language): Html {
  const words = webWords[language].history;
  const parts = wordDiff(before, after);
  if (parts.every((part) => part.kind === "same")) return html`${after}\n\n(${words.same})`;
  const spoken = (text: string) => html`<span class="visually-hidden" lang="${language}">[${text}: </span>`;
  const end = html`<span class="visually-hidden">]</span>`;
  return html`${parts.map((part) =>
    part.kind === "removed"
      ? html`<del>${spoken(words.removed)}${part.text}${end}</del>`
      : part.kind === "added"
        ? html`<ins>${spoken(words.added)}${part.text}${end}</ins>`
        : part.text,
  )}`;
}

/** Line breaks as such: a change may run over the end of a paragraph. */
function paragraphs(text: Html): Html {
  return html`<p>${raw(text.text.replaceAll("\n", "<br>"))}</p>`;
}

function textOf(version: Version, language: Language): string {
  const words = webWords[language].history;
  return [
    version.title,
    version.warning ? words.warning(version.warning) : null,
    plainText(version.blocks),
    ...version.attachments.map((attachment) => words.picture(attachment.alt)),
  ]
    .filter(Boolean)
    .join("\n\n");
}
