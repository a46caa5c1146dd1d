import type { Context } from "hono";
import type { Env, Services } from "#context.ts";
import { colleaguesOf, type Assignables } from "#domain/care/may-care.ts";
import { chosenStatuses } from "#domain/care/status.ts";
import { listTags } from "#domain/care/tags.ts";
import { html, type Html } from "#platform/html.ts";
import { button } from "#ui/controls.ts";
import { select } from "#ui/form.ts";
import { notGranted } from "../guard.ts";
import { accountIds, deckPath, seatOf, type Seat } from "../seat.ts";
import { assigneeField, tagList } from "./forms.ts";
import { dialogPart } from "./show-care.ts";
import { careListWords } from "./list-words.ts";
import { careWords } from "./words.ts";

/** Beneath the list: what to do with those that are ticked. Each button says its own act. */
export function bulkTools(seat: Seat, assignables: Assignables, tags: readonly string[]): Html {
  const words = careWords[seat.language];
  const listWords = careListWords[seat.language];
  return html`<fieldset class="care-tools">
    <legend class="label">${listWords.list.chosen}</legend>
    <div class="care-tool">${assigneeField(seat, assignables, "", "bulk-assignee")}${act("assign", words.forms.assign)}</div>
    <div class="care-tool">${statusField(seat)}${act("status", words.forms.save)}</div>
    <div class="care-tool">${tagField(seat, tags)}${act("tag", listWords.bulk.addTags)}${act("untag", listWords.bulk.removeTags)}</div>
    <div class="care-tool">${act("close", listWords.bulk.close)}</div>
  </fieldset>`;
}

/** GET /deck/care/bulk?step=: the one form of them that a deck asks for, for its dialog. */
export function showBulkForm(services: Services) {
  return async (c: Context<Env>): Promise<Response> => {
    const seat = seatOf(c);
    if (!seat) return notGranted(c);
    const step = c.req.query("step");
    if (step !== "assign" && step !== "status" && step !== "tags") return c.notFound();
    const { assignables, tags } = await services.db.read(seat.site.authority.id, async (tx) => ({
      assignables: await colleaguesOf(tx, seat.site.authority.id, accountIds(seat)),
      tags: await listTags(tx, seat.site.authority.id, accountIds(seat)),
    }));
    const words = careWords[seat.language];
    const listWords = careListWords[seat.language];
    const parts = {
      assign: html`${assigneeField(seat, assignables, "", "bulk-assignee")}<div class="row">${act("assign", words.forms.assign, true)}</div>`,
      status: html`${statusField(seat)}<div class="row">${act("status", words.forms.save, true)}</div>`,
      tags: html`${tagField(seat, tags)}<div class="row">${act("tag", listWords.bulk.addTags, true)}${act("untag", listWords.bulk.removeTags)}</div>`,
    };
    const form = html`<form class="care-step" method="post" action="${deckPath(seat, "/deck/care/bulk")}" data-care-form data-care-bulk>${parts[step]}</form>`;
    const count = listWords.bulk.count(Math.max(1, Math.min(Number(c.req.query("count")) || 1, 999)));
    return c.html(dialogPart(seat, step, count, form).text);
  };
}

function act(value: string, label: string, isFirst = false): Html {
  return button({ label, name: "act", value, look: isFirst ? "primary" : "plain" });
}

function statusField(seat: Seat): Html {
  const words = careWords[seat.language];
  const choices = chosenStatuses.map((status) => ({ value: status, label: words.to[status] }));
  return select(
    {
      name: "status",
      id: "bulk-status",
      label: words.forms.status,
      required: true,
      value: "waiting",
      choices,
    },
    seat,
  );
}

function tagField(seat: Seat, tags: readonly string[]): Html {
  const words = careWords[seat.language].forms;
  return html`<div class="field">
    <label class="label" for="bulk-tags">${words.tags}</label>
    <input class="input" type="text" id="bulk-tags" name="tags" list="care-tag-list" maxlength="500" />
    ${tagList(tags)}
  </div>`;
}
