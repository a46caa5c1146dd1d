/** Says in passing what has happened; read out by screen readers. A link may lead on. */
export function toast(text: string, link?: { label: string; href: string }): void {
  const place = document.getElementById("toasts");
  if (!place) return;
  const made = document.createElement("div");
  made.className = "toast";
  const words = document.createElement("span");
  words.textContent = text;
  made.append(words);
  if (link) {
    const anchor = document.createElement("a");
    anchor.className = "button text";
    anchor.href = link.href;
    anchor.target = "_blank";
    anchor.textContent = link.label;
    made.append(anchor);
  }
  place.replaceChildren(made);
  setTimeout(() => made.remove(), link ? 60_000 : 6_000);
}
