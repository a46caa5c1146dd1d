/** Whoever speaks to the computer can turn single letters off as keys; remembered in this browser. */
const offKey = "torg-keys-off";

/** The switch in the list of keys shows how it is, and changes it. */
export function startKeySwitch(): void {
  const field = document.querySelector<HTMLInputElement>("#shortcuts input[name=keys]");
  if (!field) return;
  field.checked = !areKeysOff();
  field.addEventListener("change", remember);
}

export function areKeysOff(): boolean {
  try {
    return localStorage.getItem(offKey) !== null;
  } catch {
    return false;
  }
}

function remember(event: Event): void {
  try {
    if ((event.target as HTMLInputElement).checked) localStorage.removeItem(offKey);
    else localStorage.setItem(offKey, "yes");
  } catch {
    // A browser without storage forgets it with the page.
  }
}
