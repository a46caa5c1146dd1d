/** The focus goes to where one reads, when what had it goes away: never to nowhere. */
export function focusReading(): void {
  const selected = document.querySelector<HTMLElement>(".post.selected");
  const posts = document.querySelector<HTMLElement>("[data-posts][tabindex]");
  (selected ?? posts ?? document.getElementById("deck"))?.focus({ preventScroll: true });
}

/** Whoever comes back from what they did with a column goes on in it; not yet at a post, so that new ones still flow in. */
export function startReading(): void {
  const column = document.getElementById(location.hash.slice(1));
  if (!column?.matches(".column")) return;
  // After the browser has gone to the place in the address, which takes the focus with it.
  requestAnimationFrame(() => {
    column.scrollIntoView({ inline: "nearest", block: "nearest" });
    column.querySelector<HTMLElement>("[data-posts]")?.focus({ preventScroll: true });
  });
}
