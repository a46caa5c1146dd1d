/** The net under the drafts on the server: what was typed while it could not be reached outlives a reload. */
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

/** Whether there was something to bring back, and it differs from what stands in the form. */
export function restoreDraft(form: HTMLFormElement, key: string): boolean {
  let changed = false;
  try {
    const draft = JSON.parse(localStorage.getItem(prefix + key) ?? "{}") as Record<string, string>;
    for (const [name, value] of Object.entries(draft)) {
      const field = fieldOf(form, name);
      if (!field || field.value === value) continue;
      field.value = value;
      changed ||= name !== onceField;
    }
  } catch {
    // As above.
  }
  return changed;
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
