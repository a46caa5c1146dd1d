/** On a narrow screen the composer is a sheet over the columns: what lies beneath is out of reach until it closes. */
const narrow = matchMedia("(max-width: 56rem)");
let opener: HTMLElement | undefined;

/** Opens the sheet. The way back closes it again, as everywhere on a phone. */
export function openSheet(composer: HTMLElement): void {
  const wasOpen = composer.hasAttribute("data-open");
  composer.setAttribute("data-open", "");
  if (!isSheet(composer)) return;
  if (!wasOpen) opener ??= document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
  coverBeneath(true);
  if (!isSheetInHistory()) history.pushState({ sheet: true }, "");
}

/** Closes the sheet, and gives the focus back to where it was. On a wide screen it only leaves the composer. */
export function closeSheet(): void {
  if (isSheetInHistory()) return history.back();
  close();
}

export function followHistory(): () => void {
  const popped = () => {
    if (!isSheetInHistory()) close();
  };
  // A page that is read again has no sheet, whatever the history remembers.
  if (isSheetInHistory()) history.replaceState(null, "");
  window.addEventListener("popstate", popped);
  return () => window.removeEventListener("popstate", popped);
}

function close(): void {
  const composer = document.getElementById("composer");
  const wasOpen = composer?.hasAttribute("data-open") || location.hash === "#composer";
  if (location.hash === "#composer") location.hash = "#deck";
  composer?.removeAttribute("data-open");
  coverBeneath(false);
  if (!wasOpen) return;
  const back = opener?.isConnected ? opener : document.querySelector<HTMLElement>(".post.selected, [data-posts]");
  opener = undefined;
  back?.focus({ preventScroll: true });
}

/** The composer of a page of its own lies in the page, and covers nothing. */
function isSheet(composer: HTMLElement): boolean {
  return narrow.matches && composer.closest(".deck-main") === null;
}

function isSheetInHistory(): boolean {
  return (history.state as { sheet?: boolean } | null)?.sheet === true;
}

function coverBeneath(covered: boolean): void {
  for (const part of document.querySelectorAll(".columns, .tabbar")) part.toggleAttribute("inert", covered);
}
narrow.addEventListener("change", () => {
  const composer = document.getElementById("composer");
  coverBeneath(composer !== null && composer.hasAttribute("data-open") && isSheet(composer));
});
