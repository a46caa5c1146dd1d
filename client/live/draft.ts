/** The net under the drafts on the server: what was typed while it could not be reached outlives a reload. */
const prefix = "torg-draft ";
type Draft = Partial<Record<string, string>>;
const fields = ["text", "title", "warning", "reason"];
/** With the words goes the form's one-time key: published already but never told, they are not published again. */
const onceField = "once";
/** How long a page that was asked for before a save may take until it is here. */
const overtakenMs = 10_000;

export function keepDraft(form: HTMLFormElement, key: string): void {
  try {
    const draft = draftIn(form);
    if (fields.some((name) => draft[name])) localStorage.setItem(prefix + key, JSON.stringify(draft));
    else localStorage.removeItem(prefix + key);
  } catch {
    // A browser without storage still writes; it only cannot remember.
  }
}

/** What the server has just been given stays in the tab for a while: a page on its way here may show older words. */
export function keepSaved(form: HTMLFormElement, key: string): void {
  try {
    localStorage.removeItem(prefix + key);
    sessionStorage.setItem(prefix + key, JSON.stringify({ ...draftIn(form), savedAt: String(Date.now()) }));
  } catch {
    // As above.
  }
}

/** Whether there was something to bring back, and it differs from what stands in the form. */
export function restoreDraft(form: HTMLFormElement, key: string): boolean {
  let changed = false;
  try {
    const unsaved = localStorage.getItem(prefix + key);
    const draft = JSON.parse(unsaved ?? sessionStorage.getItem(prefix + key) ?? "{}") as Draft;
    if (unsaved === null && !overtakes(draft, form)) return false;
    for (const name of [...fields, onceField]) {
      const field = fieldOf(form, name);
      const value = draft[name];
      if (!field || value === undefined || field.value === value) continue;
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
    sessionStorage.removeItem(prefix + key);
  } catch {
    // As above.
  }
}

export function hasDraftsOf(person: string): boolean {
  return keysOf(person).length > 0;
}

export function forgetDraftsOf(person: string): void {
  for (const key of [...keysOf(person), ...keysOf(person, "session")]) forgetDraft(key);
}

function draftIn(form: HTMLFormElement): Draft {
  const draft: Draft = {};
  for (const name of [...fields, onceField]) {
    const value = fieldOf(form, name)?.value;
    if (value) draft[name] = value;
  }
  return draft;
}

/** Whether the form was filled with the same draft just before these words of it were saved. */
function overtakes(draft: Draft, form: HTMLFormElement): boolean {
  const isRecent = Date.now() - Number(draft["savedAt"] ?? 0) < overtakenMs;
  return isRecent && draftOf(draft[onceField]) === draftOf(fieldOf(form, onceField)?.value);
}

/** A one-time key without what it says of its window. */
function draftOf(once: string | undefined): string | undefined {
  return once?.replace(/-t[\w-]{6}-\d{1,6}$/, "");
}

/** The keys of a person's drafts begin with who it is. */
function keysOf(person: string, where: "local" | "session" = "local"): string[] {
  try {
    return Object.keys(where === "local" ? localStorage : sessionStorage)
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
