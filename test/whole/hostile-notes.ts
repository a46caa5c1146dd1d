import type { PostId } from "#domain/posts/post.ts";
import type { RemoteActor, RemoteServer } from "../remote-server.ts";
import type { Square } from "./square.ts";

const deed = "window.owned=1";
/** The markup that has got through somewhere, at one time or another. Each tries to set `window.owned`. */
export const payloads = [
  `<script>${deed}</script>`,
  `<img src=x onerror="${deed}">`,
  `"><svg/onload=${deed}>`,
  `' onmouseover='${deed}' x='`,
  `<a href="javascript:${deed}">owned</a>`,
  `<a href="java&#x09;script:${deed}">owned</a>`,
  `<a href="\u0001javascript:${deed}">owned</a>`,
  `<a href="data:text/html,<script>${deed}</script>">owned</a>`,
  `<a href="vbscript:${deed}">owned</a>`,
  `<iframe srcdoc="<script>parent.${deed}</script>"></iframe>`,
  `<object data="data:text/html,<script>${deed}</script>"></object><embed src="javascript:${deed}">`,
  `<math><mi xlink:href="data:x,<script>${deed}</script>">owned</mi></math>`,
  `<svg><animate onbegin="${deed}" attributeName=x></svg>`,
  `<svg><style><img src=x onerror="${deed}"></style></svg>`,
  `<style>@import "//evil.test/owned.css"</style>`,
  `<base href="//evil.test/"><meta http-equiv="refresh" content="0;url=//evil.test/owned">`,
  `<form action="//evil.test/owned"><input name="x" autofocus onfocus="${deed}"><button>owned</button></form>`,
  `<noscript><p title="</noscript><img src=x onerror=${deed}>">`,
  `<!--><img src=x onerror=${deed}>-->`,
  `]]><script>${deed}</script>`,
  `&lt;script&gt;${deed}&lt;/script&gt;`,
  `</title></textarea></style></script><script>${deed}</script>`,
  `<turbo-stream action="append" target="main"><template><script>${deed}</script></template></turbo-stream>`,
  `<p data-controller="press" data-action="click->press#owned" is="owned" style="position:fixed" id="main" class="owned">owned</p>`,
  `[owned](javascript:${deed}) ![owned](x"onerror="${deed})`,
  "\u202Edenwo\u202C \u2066owned\u2069 \uD83D\u0000 A\u0300\u0301\u0302\u0303".repeat(8),
];

/** Sends one reply for each payload, with the payload in every field of the note and of its author. */
export async function sendHostile(square: Square, remote: RemoteServer, question: PostId): Promise<void> {
  const { domain } = square.authority;
  const template = await remote.actor("mall");
  const to = ["https://www.w3.org/ns/activitystreams#Public"];
  for (const [index, payload] of payloads.entries()) {
    const uri = `${remote.origin}/users/owned${index}`;
    const actor: RemoteActor = {
      ...template,
      name: `owned${index}`,
      uri,
      keyId: `${uri}#main-key`,
      inbox: `${uri}/inbox`,
    };
    remote.serve(new URL(uri).pathname, { ...remote.document(actor), ...hostileActor(payload) });
    const id = `${remote.origin}/notes/owned${index}`;
    const inReplyTo = `http://${domain}/ap/posts/${question}`;
    const object = { id, attributedTo: uri, to, inReplyTo, ...hostileNote(payload) };
    const activity = {
      id: `${id}/create`,
      type: "Create",
      actor: uri,
      to,
      object,
      summary: payload,
      name: payload,
    };
    const flag = { id: `${id}/flag`, type: "Flag", actor: uri, content: payload, object: [inReplyTo] };
    for (const one of [activity, flag]) {
      const answer = await remote.post(`http://${domain}/ap/inbox`, one, { as: actor });
      if (answer.status !== 202) throw new Error(`${payload}: ${answer.status}`);
    }
  }
}

function hostileActor(payload: string): object {
  const picture = { type: "Image", url: `javascript:${payload}`, name: payload, mediaType: payload };
  const field = { type: "PropertyValue", name: payload, value: payload };
  return {
    name: payload,
    summary: payload,
    url: `javascript:${payload}`,
    icon: picture,
    image: picture,
    attachment: [field, { ...field, value: `<a href="javascript:${payload}">owned</a>` }],
    tag: [{ type: "Emoji", name: payload, icon: picture }],
    alsoKnownAs: payload,
  };
}

function hostileNote(payload: string): object {
  const document = {
    type: "Document",
    mediaType: "image/png",
    url: `https://evil.test/x.png"${payload}`,
    name: payload,
  };
  return {
    type: "Note",
    name: undefined,
    summary: payload,
    content: `<p>owned ${payload}</p>`,
    contentMap: { [payload]: payload, sv: `<p>owned ${payload}</p>` },
    url: [{ type: "Link", href: `javascript:${payload}`, mediaType: "text/html" }, payload],
    attachment: [
      document,
      { ...document, url: "javascript:window.owned=1", mediaType: payload },
      { ...document, url: payload },
    ],
    tag: [
      { type: "Hashtag", name: `#${payload}`, href: `javascript:${payload}` },
      { type: "Mention", name: `@${payload}`, href: `javascript:${payload}` },
      { type: "Emoji", name: `:${payload}:`, icon: { type: "Image", url: payload } },
    ],
    published: payload,
    updated: payload,
    sensitive: payload,
    language: payload,
    mediaType: undefined,
  };
}
