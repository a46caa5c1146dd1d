import { focusReading } from "./reading.ts";
import { liveWords, signInLink } from "./words.ts";

/** What a toast offers: a function of the page's own, or a form sent to a path. `until` is when it no longer helps. */
export type ToastAction = {
  label: string;
  until?: string | undefined;
} & (
  | { run: () => void | Promise<void>; action?: never; then?: never }
  | { action: string; then?: ((answer: Response) => void | Promise<void>) | undefined; run?: never }
);

const shortly = 6_000;
const longer = 60_000;
/** More than these would cover what one reads: the oldest goes. */
const most = 3;

/** Says in passing what has happened; read out by screen readers. A link may lead on. */
export function toast(text: string, link?: { label: string; href: string }): void {
  const made = make(text);
  if (link) {
    const anchor = document.createElement("a");
    anchor.className = "button text";
    anchor.href = link.href;
    anchor.target = "_blank";
    anchor.textContent = link.label;
    made.append(anchor);
  }
  // What is merely said gives way to the next thing said.
  show(made, ".toast:not(.has-action)");
  leaveAfter(made, link ? longer : shortly);
}

/** Says what was done and offers to take it back; `z` presses the latest offer. Returns how to take the toast away. */
export function toastWithAction(text: string, offer: ToastAction): () => void {
  const made = make(text);
  made.classList.add("has-action");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button text";
  button.textContent = offer.label;
  button.dataset["globalKey"] = "z";
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    takeAway(made);
    void act(offer);
  });
  made.append(button);
  const left = offer.until ? Date.parse(offer.until) - Date.now() : undefined;
  const time = left === undefined || Number.isNaN(left) ? 2 * shortly : Math.max(left, 0);
  show(made);
  made.append(bar(time));
  // Waiting does not move the moment at which the server acts: then there is nothing left to press.
  if (left !== undefined)
    setTimeout(() => {
      button.setAttribute("aria-disabled", "true");
      delete button.dataset["globalKey"];
    }, time);
  leaveAfter(made, time);
  return () => takeAway(made);
}

/** Whoever stands in it goes back to where they read. */
function takeAway(made: Element): void {
  const isStoodIn = made.contains(document.activeElement);
  made.remove();
  if (isStoodIn) focusReading();
}

async function act(offer: ToastAction): Promise<void> {
  if (offer.run) return offer.run();
  const words = liveWords();
  try {
    const answer = await fetch(offer.action, {
      method: "POST",
      headers: { "x-deck-part": "toast" },
      redirect: "manual",
    });
    if (answer.type === "opaqueredirect" || answer.ok) return await offer.then?.(answer);
    if (answer.status === 401) return toast(words.signedOut, signInLink());
    const type = answer.headers.get("content-type") ?? "";
    toast(type.startsWith("text/plain") ? await answer.text() : words.failed);
  } catch {
    // The offer stands again: nothing says that it was taken.
    toastWithAction(words.offline, offer);
  }
}

function make(text: string): HTMLElement {
  const made = document.createElement("div");
  made.className = "toast";
  const words = document.createElement("span");
  words.textContent = text;
  made.append(words);
  return made;
}

function show(made: HTMLElement, instead?: string): void {
  const place = document.getElementById("toasts");
  if (!place) return;
  // One more must not make the ones before it be read again.
  place.setAttribute("aria-atomic", "false");
  if (instead) for (const other of place.querySelectorAll(instead)) takeAway(other);
  while (place.firstElementChild && place.children.length >= most) takeAway(place.firstElementChild);
  place.append(made);
}

/** A toast that somebody points at or stands in stays until they leave it. */
function leaveAfter(made: HTMLElement, time: number): void {
  let due = false;
  const leave = () => {
    if (due && !made.matches(":hover, :focus-within")) made.remove();
  };
  setTimeout(() => {
    due = true;
    leave();
  }, time);
  made.addEventListener("pointerleave", leave);
  made.addEventListener("focusout", () => setTimeout(leave));
}

/** How much time is left, for the eye only. */
function bar(time: number): HTMLElement {
  const made = document.createElement("span");
  made.className = "toast-time";
  made.setAttribute("aria-hidden", "true");
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches)
    made.animate([{ scale: "1 1" }, { scale: "0 1" }], { duration: time, fill: "forwards" });
  return made;
}
