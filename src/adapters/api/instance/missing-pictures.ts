/** Neutral pictures for who has none, made when first asked for. */
export async function missingAvatar(): Promise<Response> {
  return picture(await (avatar ??= drawn(avatarSvg)));
}

export async function missingHeader(): Promise<Response> {
  return picture(await (header ??= drawn(headerSvg)));
}

let avatar: Promise<Uint8Array<ArrayBuffer>> | undefined;
let header: Promise<Uint8Array<ArrayBuffer>> | undefined;

const avatarSvg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400">
  <rect width="400" height="400" fill="#d9dde3"/><circle cx="200" cy="160" r="68" fill="#8b95a3"/>
  <path d="M72 400c0-88 56-136 128-136s128 48 128 136z" fill="#8b95a3"/></svg>`;
const headerSvg = `<svg xmlns="http://www.w3.org/2000/svg" width="1500" height="500">
  <rect width="1500" height="500" fill="#d9dde3"/><path d="M0 500V380q380-110 750 0t750-20v140z" fill="#c6ccd5"/></svg>`;

async function drawn(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded when the first picture is asked for: it is large.
  const { default: sharp } = await import("sharp");
  return Uint8Array.from(
    await sharp(Buffer.from(svg)).png({ palette: true, compressionLevel: 9 }).toBuffer(),
  );
}

function picture(bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(bytes, {
    headers: { "content-type": "image/png", "cache-control": "public, max-age=31536000, immutable" },
  });
}
