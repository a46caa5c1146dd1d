import { html, type Html } from "#platform/html.ts";
import { notice } from "#ui/controls.ts";
import type { PageRequest } from "./page-request.ts";
import { formWords } from "./words-forms.ts";

/** Who we are and how far a message reaches, where people are about to write: lag (1998:112) 3 §. */
export function infoBox(request: PageRequest): Html {
  const { box, boxItems, rules } = formWords[request.language].join;
  const { who, record, far, limited, sensitive, undo } = boxItems;
  return notice(
    {
      tone: "info",
      title: box,
      body: html`<ul>
          ${[who(request.site.authority.name), record, far, limited, sensitive, undo].map((item) => html`<li>${item}</li>`)}
        </ul>
        <p><a href="${request.to("/guidelines")}">${rules}</a></p>`,
    },
    request.reader,
  );
}
