/** Drafts in this browser: what was typed outlives a reload, a lost line and being signed out. */
const prefix = "torg-draft ";
const fields = ["text", "title", "warning", "reason"];

export function keepDraft(form: HTMLFormElement, key: string): void {
  const draft: Record<string, string> = {};
  for (const name of fields) {
    const value = fieldOf(form, name)?.value;
    if (value) draft[name] = value;
  }
  try {
    if (Object.keys(draft).length > 0) localStorage.setItem(prefix + key, JSON.stringify(draft));
    else localStorage.removeItem(prefix + key);
  } catch {
    // A browser without storage still writes; it only cannot remember.
  }
}

export function restoreDraft(form: HTMLFormElement, key: string): void {
  try {
    const draft = JSON.parse(localStorage.getItem(prefix + key) ?? "{}") as Record<string, string>;
    for (const [name, value] of Object.entries(draft)) {
      const field = fieldOf(form, name);
      if (field) field.value = value;
    }
  } catch {
    // As above.
  }
}

export function forgetDraft(key: string): void {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // As above.
  }
}

function fieldOf(form: HTMLFormElement, name: string): HTMLInputElement | HTMLTextAreaElement | undefined {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field : undefined;
}
