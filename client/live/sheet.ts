import { focusReading } from "./reading.ts";

/** On a narrow screen the composer is a sheet over the columns: what lies beneath is out of reach until it closes. */
const narrow = matchMedia("(max-width: 56rem)");
let isOpen = false;
let opener: HTMLElement | undefined;

/** Opens the composer. On a phone the way back closes it again, as sheets do there. */
export function openSheet(composer: HTMLElement): void {
  if (!isOpen && document.activeElement instanceof HTMLElement) opener = document.activeElement;
  isOpen = true;
  composer.setAttribute("data-open", "");
  if (!isSheet(composer)) return;
  coverBeneath(true);
  if (!isInHistory()) history.pushState({ sheet: true }, "");
}

/** Closes it, and gives the focus back to where it came from. */
export function closeSheet(): void {
  if (isInHistory()) history.back();
  else close();
}

export function startSheets(): void {
  // A page that is read again has no sheet, whatever the history remembers.
  if (isInHistory()) history.replaceState(null, "");
  window.addEventListener("popstate", () => {
    // After the browser has gone to the place in the address, which takes the focus with it.
    if (isOpen && !isInHistory()) requestAnimationFrame(close);
  });
  narrow.addEventListener("change", () => {
    const composer = document.getElementById("composer");
    coverBeneath(isOpen && composer !== null && isSheet(composer));
  });
}

function close(): void {
  // Replaced, so that the way back does not open it again.
  if (location.hash === "#composer") location.replace("#deck");
  document.getElementById("composer")?.removeAttribute("data-open");
  coverBeneath(false);
  isOpen = false;
  const back = opener?.isConnected && opener !== document.body ? opener : undefined;
  opener = undefined;
  if (back) back.focus({ preventScroll: true });
  else focusReading();
}

/** The composer of a page of its own lies in the page, and covers nothing. */
function isSheet(composer: HTMLElement): boolean {
  return narrow.matches && composer.closest(".deck-main") === null;
}

function isInHistory(): boolean {
  return (history.state as { sheet?: boolean } | null)?.sheet === true;
}

/** The page keeps its main part and its heading, for who hears it. */
function coverBeneath(covered: boolean): void {
  for (const part of document.querySelectorAll(".columns > .column, .tabbar"))
    part.toggleAttribute("inert", covered);
}
