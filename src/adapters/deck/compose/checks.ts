import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { html } from "#platform/html.ts";
import { notGranted } from "../guard.ts";
import { factsHtml, findingsHtml, partsHtml } from "./checks-html.ts";
import { findingsOf } from "./findings.ts";
import type { LinkCheck } from "./link-check.ts";
import { readTyped } from "./typed.ts";

/** POST /deck/compose/checks: what the checks say of the text as it stands, for the composer to show beside it. */
export function checks(services: Services, linkState: LinkCheck) {
  return async (c: Context<Env>): Promise<Response> => {
    const typed = await readTyped(services, c);
    if (!typed) return notGranted(c);
    const { seat, composition } = typed;
    const around = { authority: seat.site.authority, now: services.clock(), linkState };
    const found = findingsOf(composition, around);
    const { language } = seat;
    return c.html(
      html`<div${found.pending ? html` data-pending` : null}${found.splittable ? html` data-splittable` : null}>
        <div data-part="findings">${findingsHtml(found, composition, language)}</div>
        <div data-part="facts">${factsHtml(found, composition, language)}</div>
        <div data-part="parts">${partsHtml(found, language)}</div>
      </div>`.text,
    );
  };
}
