import type { Handler } from "hono";
import type { Env, Services } from "#context.ts";
import { html } from "#platform/html.ts";
import { accentOf } from "#ui/authority-view.ts";
import { initial } from "#ui/avatar.ts";
import { errorPage } from "#ui/error-page.ts";

/** The authority's colour as a stylesheet; one of an earlier colour is answered with the present one, not to be kept. */
export function accentFile(services: Services): Handler<Env> {
  return (c) => {
    const { href, stylesheet } = accentOf(c.get("site").authority);
    const file = c.req.param("file") ?? "";
    if (!/^authority-[0-9a-f]+\.css$/.test(file)) return errorPage(services, c, 404);
    const current = href === `/assets/${file}`;
    return c.body(stylesheet, 200, {
      "content-type": "text/css; charset=utf-8",
      "cache-control": current ? "public, max-age=31536000, immutable" : "no-cache",
    });
  };
}

/** The same shield as beside the authority's name. */
export function favicon(): Handler<Env> {
  return (c) => {
    const { authority } = c.get("site");
    const { accent } = accentOf(authority);
    const style = `path{fill:${accent.light}}text{fill:${accent.onLight};font:700 22px system-ui,sans-serif}@media(prefers-color-scheme:dark){path{fill:${accent.dark}}text{fill:${accent.onDark}}}`;
    const svg = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 0 40 40"><style>${style}</style><path d="M0 0h36v21c0 9-7 15-18 19C7 36 0 30 0 21z"/><text x="18" y="25" text-anchor="middle">${initial(authority.name)}</text></svg>`;
    return c.body(svg.text, 200, {
      "content-type": "image/svg+xml",
      "cache-control": "public, max-age=86400",
    });
  };
}
