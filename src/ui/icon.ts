import { type Html, html, raw } from "#platform/html.ts";

export type IconName = keyof typeof paths;

/**
 * A stroke icon on a 24-unit grid, sized by the text beside it. Decoration unless it is given a label;
 * the words beside it carry the meaning.
 */
export function icon(name: IconName, label?: string): Html {
  if (label)
    return html`<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="${label}">${raw(paths[name])}</svg>`;
  const known = drawn.get(name);
  if (known) return known;
  const made = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${raw(paths[name])}</svg>`;
  drawn.set(name, made);
  return made;
}

/** Each of them stands many times on a page, always the same. */
const drawn = new Map<IconName, Html>();

const paths = {
  reply: '<path d="M10 5 4 11l6 6M4 11h9a7 7 0 0 1 7 7v1"/>',
  boost: '<path d="m4 9 4-4 4 4M8 5v10a3 3 0 0 0 3 3h2M20 15l-4 4-4-4M16 19V9a3 3 0 0 0-3-3h-2"/>',
  favourite: '<path d="m12 4 2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z"/>',
  edit: '<path d="M4 20v-4L16 4l4 4L8 20zM13.5 6.5l4 4"/>',
  delete: '<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5"/>',
  hide: '<path d="M4 4l16 16M9.5 6A10 10 0 0 1 21 12a14 14 0 0 1-2.6 3.3M6 7.8A14 14 0 0 0 3 12a10 10 0 0 0 13 5.2M10 10a3 3 0 0 0 4 4"/>',
  show: '<path d="M3 12a10 10 0 0 1 18 0 10 10 0 0 1-18 0z"/><circle cx="12" cy="12" r="3"/>',
  report: '<path d="M5 21V4M5 4h13l-3 4.5L18 13H5"/>',
  search: '<circle cx="11" cy="11" r="6.5"/><path d="m20 20-4.3-4.3"/>',
  inbox: '<path d="M4 13 6 5h12l2 8v6H4zM4 13h5l1 2.5h4l1-2.5h5"/>',
  home: '<path d="m3.5 11.5 8.5-7 8.5 7M6 10v10h4.5v-5.5h3V20H18V10"/>',
  account: '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"/>',
  take: '<circle cx="10" cy="8" r="4"/><path d="M3 20.5c.7-4 3.2-6 7-6 1 0 2 .1 2.8.4M14.5 18.5 17 21l4.5-5"/>',
  settings:
    '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2.2"/><circle cx="9" cy="17" r="2.2"/>',
  image: '<path d="M4 5h16v14H4zM4 16l4.5-4.5 4 4L15 13l5 4.5"/><circle cx="15.5" cy="9" r="1.3"/>',
  more: '<path stroke-width="3" d="M5 12h.01M12 12h.01M19 12h.01"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  link: '<path d="m10 14 4-4M8.5 11.5 6 14a2.83 2.83 0 0 0 4 4l2.5-2.5M15.5 12.5 18 10a2.83 2.83 0 0 0-4-4l-2.5 2.5"/>',
  globe:
    '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5.5 5 11.5 0 17M12 3.5c-5 5.5-5 11.5 0 17"/>',
  lock: '<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
  envelope: '<path d="M4 6h16v12H4zM4 7l8 6.5L20 7"/>',
  arrow: '<path d="M5 12h14M13 6l6 6-6 6"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7"/>',
  warn: '<path d="M12 4 2.8 20h18.4zM12 10v4.5M12 17.2h.01"/>',
  info: '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8h.01"/>',
  error: '<path d="M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 8v5M12 16h.01"/>',
  feed: '<path d="M5 12a7 7 0 0 1 7 7M5 5a14 14 0 0 1 14 14M6 18h.01"/>',
  history: '<path d="M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2"/>',
  building: '<path d="M3 20h18M4.5 9.5h15L12 4zM6.5 10v7M10.2 10v7M13.8 10v7M17.5 10v7M4.5 17h15"/>',
  office: '<path d="M4 8h16v11H4zM9 8V5h6v3M4 13h16M12 12v2"/>',
  follow: '<circle cx="10" cy="8" r="4"/><path d="M3 20.5c.7-4 3.2-6 7-6 1 0 2 .1 2.8.4M18 14v6M15 17h6"/>',
  keys: '<path d="M3 6.500h18v11H3zM7 10.500h.01M10.500 10.500h.01M14 10.500h.01M17.500 10.500h.01M8 14h8"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  grip: '<path stroke-width="3" d="M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01"/>',
  list: '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01"/>',
  tag: '<path d="M10 4 8 20M16 4l-2 16M5 9h15M4 15h15"/>',
  thread: '<path d="M4 5h16v11H11l-4 4v-4H4z"/>',
  bell: '<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.500l3.500 2"/>',
  columns: '<path d="M4 5h4.5v14H4zM9.8 5h4.5v14H9.8zM15.5 5H20v14h-4.5z"/>',
  write: '<path d="M4 20h16M5 16l.700-3.2L15 3.5 17.5 6 8.2 15.3z"/>',
  send: '<path d="M4 12 20 4l-5 16-3.5-7zM11.5 13 20 4"/>',
  out: '<path d="M14 4H5v16h9M10 12h10M16.5 8.5 20 12l-3.5 3.5"/>',
  up: '<path d="M12 19V5M6 11l6-6 6 6"/>',
  down: '<path d="M12 5v14M6 13l6 6 6-6"/>',
  smile: '<circle cx="12" cy="12" r="8.5"/><path d="M8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5h.01M15 9.5h.01"/>',
  calendar: '<path d="M4 6h16v14H4zM4 10.5h16M8 3.5V8M16 3.5V8"/>',
} as const;
