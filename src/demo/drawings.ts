/** Plain drawings of our own, so that the example shows pictures that nobody else has rights to. */
export const drawings = {
  pool: svg(
    "#dcecec",
    `<path d="M120 300 L600 120 L1080 300 Z" fill="#0b5c5f"/>
     <rect x="160" y="300" width="880" height="90" fill="#f7f4ec"/>
     ${windows(200, 318, 11, 74)}
     <rect x="0" y="390" width="1200" height="285" fill="#2e9aa0"/>
     ${[450, 520, 590].map((y) => `<path d="M0 ${y} H1200" stroke="#f7f4ec" stroke-width="6" stroke-dasharray="34 20"/>`).join("")}
     <circle cx="420" cy="485" r="22" fill="#e9b872"/><path d="M445 492 q40 -34 86 -6" stroke="#e9b872" stroke-width="16" fill="none" stroke-linecap="round"/>
     <path d="M395 505 q25 16 55 4" stroke="#f7f4ec" stroke-width="6" fill="none"/>`,
  ),
  map: svg(
    "#e9ece0",
    `<path d="M0 520 C300 440 420 640 720 560 S1060 470 1200 520 V675 H0 Z" fill="#a9cdd6"/>
     <path d="M0 250 H1200 M560 0 V560 M860 0 V540 M200 0 V500" stroke="#fff" stroke-width="34"/>
     <rect x="600" y="290" width="220" height="180" fill="#f1d9a7"/>
     <rect x="250" y="60" width="260" height="150" fill="#c9c4b6"/><rect x="620" y="60" width="190" height="150" fill="#c9c4b6"/>
     <rect x="250" y="300" width="240" height="130" fill="#c9c4b6"/><rect x="910" y="60" width="220" height="150" fill="#b6cfa6"/>
     <rect x="910" y="300" width="220" height="150" fill="#c9c4b6"/>
     ${[640, 700, 760].map((x) => `<circle cx="${x}" cy="440" r="16" fill="#5d8a4f"/>`).join("")}
     <path d="M710 300 c-46 0 -46 70 0 112 c46 -42 46 -112 0 -112z" fill="#0b5c5f"/><circle cx="710" cy="344" r="16" fill="#fff"/>`,
  ),
  school: svg(
    "#dfe9f2",
    `<rect x="0" y="520" width="1200" height="155" fill="#b6cfa6"/>
     <rect x="230" y="300" width="740" height="220" fill="#a3442f"/><path d="M200 300 L600 170 L1000 300 Z" fill="#4a3b34"/>
     ${windows(270, 340, 8, 84)}
     <rect x="560" y="420" width="80" height="100" fill="#f7f4ec"/>
     <path d="M1060 520 V330" stroke="#6b5444" stroke-width="18"/><circle cx="1060" cy="300" r="80" fill="#5d8a4f"/>
     <path d="M110 520 L150 400 L190 520 M150 400 L260 520" stroke="#0b5c5f" stroke-width="12" fill="none"/>`,
  ),
} as const;

export type Drawing = keyof typeof drawings;

/** The drawing as a picture file, as somebody would upload it. */
export async function paint(drawing: Drawing): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  return sharp(Buffer.from(drawings[drawing])).png().toBuffer();
}

function svg(ground: string, inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675" viewBox="0 0 1200 675"><rect width="1200" height="675" fill="${ground}"/>${inside}</svg>`;
}

function windows(x: number, y: number, count: number, step: number): string {
  return Array.from(
    { length: count },
    (_, index) => `<rect x="${x + index * step}" y="${y}" width="46" height="54" fill="#cfe3ea"/>`,
  ).join("");
}
