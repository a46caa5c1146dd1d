/** Drafts in this browser: what was typed outlives a reload, a lost line and being signed out. */
const prefix = "torg-draft ";
const fields = ["text", "title", "warning", "reason"];
/** With the words goes the form's one-time key: published already but never told, they are not published again. */
const onceField = "once";

export function keepDraft(form: HTMLFormElement, key: string): void {
  const draft: Record<string, string> = {};
  for (const name of fields) {
    const value = fieldOf(form, name)?.value;
    if (value) draft[name] = value;
  }
  try {
    const once = fieldOf(form, onceField)?.value;
    const isBlank = Object.keys(draft).length === 0;
    if (once) draft[onceField] = once;
    if (!isBlank) localStorage.setItem(prefix + key, JSON.stringify(draft));
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

export function hasDraftsOf(person: string): boolean {
  return keysOf(person).length > 0;
}

export function forgetDraftsOf(person: string): void {
  for (const key of keysOf(person)) forgetDraft(key);
}

/** The keys of a person's drafts begin with who it is. */
function keysOf(person: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(`${prefix}${person} `))
      .map((key) => key.slice(prefix.length));
  } catch {
    return [];
  }
}

function fieldOf(form: HTMLFormElement, name: string): HTMLInputElement | HTMLTextAreaElement | undefined {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field : undefined;
}
