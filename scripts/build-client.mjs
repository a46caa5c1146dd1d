// Bundles client/ to dist/client/: every .ts and .css file at its top is an entry, folders below are imported.
// dist/client/manifest.json says { "deck.js": { path: "deck-<hash>.js", bytes, integrity } }.
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { install, lockfileHash, root } from "./install.mjs";
import { removeLeftBy } from "./remove-old.mjs";

const source = join(root, "client");
const target = join(root, "dist/client");
const stampFile = join(target, ".inputs");
const fonts = join(root, "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files");

export async function buildClientIfChanged() {
  const inputs = describeInputs();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === inputs) return;
  await buildClient(inputs);
}

/** Browsers from spring 2024 on: they know light-dark() and nesting, so the CSS stays as it was written. */
const browsers = ["chrome123", "firefox125", "safari17.5"];

async function buildClient(inputs) {
  const fresh = `${target}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const { build, stop } = await import("esbuild");
  const copied = copyFonts(fresh);
  await build({
    entryPoints: entries(),
    outdir: fresh,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    target: browsers,
    loader: { ".svg": "file" },
    legalComments: "eof",
    logLevel: "warning",
    plugins: [fontUrls(copied)],
  }).catch(() => {
    // esbuild has said what and where.
    rmSync(fresh, { recursive: true });
    process.exit(1);
  });
  // Its service would outlive us where this process is replaced by Torg itself.
  await stop();
  writeFileSync(join(fresh, "manifest.json"), `${JSON.stringify(describe(fresh), null, 2)}\n`);
  writeFileSync(join(fresh, ".inputs"), inputs);
  putInPlace(fresh);
  removeLeftBy(target);
}

/** Several processes may build at the same time: each puts its own in place whole, and the last one's stays. */
function putInPlace(fresh) {
  const aside = `${fresh}.old`;
  for (;;) {
    try {
      renameSync(target, aside);
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
    try {
      renameSync(fresh, target);
      return;
    } catch (error) {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  }
}

function entries() {
  const isEntry = (name) => /\.(ts|css)$/.test(name) && !/\.(test|d)\.ts$/.test(name);
  return readdirSync(source)
    .filter(isEntry)
    .map((name) => join(source, name));
}

/** Returns the hashed name of each font by its plain one. */
function copyFonts(folder) {
  const named = new Map();
  for (const name of readdirSync(fonts).filter((name) => name.endsWith(".woff2"))) {
    const hash = createHash("sha256")
      .update(readFileSync(join(fonts, name)))
      .digest("hex")
      .slice(0, 8);
    named.set(name, name.replace(".woff2", `-${hash}.woff2`));
    cpSync(join(fonts, name), join(folder, named.get(name)));
  }
  return named;
}

/** Whichever path the CSS gives for a font, the copy beside the CSS is meant, so no prefix need be known here. */
function fontUrls(copied) {
  return {
    name: "font-urls",
    setup(build) {
      build.onResolve({ filter: /\.woff2$/ }, ({ path }) => {
        const name = copied.get(basename(path));
        return name
          ? { path: `./${name}`, external: true }
          : { errors: [{ text: `There is no font ${path}` }] };
      });
    },
  };
}

function describe(folder) {
  const manifest = {};
  for (const path of readdirSync(folder).sort()) {
    const bytes = readFileSync(join(folder, path));
    const integrity = `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
    manifest[path.replace(/-[^-.]+(\.\w+)$/, "$1")] = { path, bytes: bytes.length, integrity };
    if (path.endsWith(".woff2")) continue;
    writeFileSync(join(folder, `${path}.br`), brotliCompressSync(bytes));
    writeFileSync(join(folder, `${path}.gz`), gzipSync(bytes, { level: 9 }));
  }
  return manifest;
}

function describeInputs() {
  const lines = [lockfileHash(), describeFile(fileURLToPath(import.meta.url))];
  const list = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) list(path);
      else lines.push(describeFile(path));
    }
  };
  list(source);
  return lines.join("\n");
}

function describeFile(path) {
  const { mtimeMs, size } = statSync(path);
  return `${path} ${size} ${mtimeMs}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install();
  await buildClient(describeInputs());
}
