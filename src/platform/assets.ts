import { readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Built files of the client, by the names the build gave them. Their names carry their hash, so they never change. */
export type Assets = {
  /** "deck.css" → /assets/deck-3f2a….css */
  href(name: string): string;
  /** Bytes in the best encoding the browser takes; undefined when there is no such file. */
  read(
    path: string,
    acceptEncoding: string,
  ): Promise<{ body: Uint8Array; type: string; encoding?: string } | undefined>;
};

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  woff2: "font/woff2",
  map: "application/json",
};

export function openAssets(folder: string): Assets {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Record<
    string,
    { path: string }
  >;
  const known = new Set(Object.values(manifest).map((entry) => entry.path));
  return {
    href(name) {
      const entry = manifest[name];
      if (!entry) throw new Error(`the client has no ${name}: run npm run build`);
      return `/assets/${entry.path}`;
    },
    async read(path, acceptEncoding) {
      if (!known.has(path)) return undefined;
      const type = types[path.split(".").at(-1) ?? ""] ?? "application/octet-stream";
      for (const [encoding, ending] of [
        ["br", ".br"],
        ["gzip", ".gz"],
      ] as const) {
        if (!acceptEncoding.includes(encoding)) continue;
        const body = await readFile(join(folder, path + ending)).catch(() => undefined);
        if (body) return { body, type, encoding };
      }
      return { body: await readFile(join(folder, path)), type };
    },
  };
}
