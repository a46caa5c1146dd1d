// The programs that nobody here wrote and the tests speak with: Chromium, snac2 as another fediverse server, and two
// clients of the Mastodon API, toot and Mastodon.py.
// On Debian as root they are installed; elsewhere test/run.ts says what is missing.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function installPeers() {
  if (process.getuid?.() !== 0 || !isDebian()) return;
  const missing = [];
  if (!existsSync("/usr/bin/chromium")) missing.push("chromium");
  if (!existsSync("/usr/bin/snac")) missing.push("snac2");
  if (!existsSync("/usr/bin/toot")) missing.push("toot");
  if (!existsSync("/usr/lib/python3/dist-packages/mastodon")) missing.push("python3-mastodon");
  if (!missing.length) return;
  process.stderr.write(`Installing ${missing.join(", ")} for the tests …\n`);
  apt("update");
  if (missing.includes("snac2") && !isKnown("snac2") && addBackports()) {
    apt("update");
    missing.splice(missing.indexOf("snac2"), 1, `snac2/${codename()}-backports`);
  }
  apt("install", "-y", "--no-install-recommends", ...missing);
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const run = spawnSync("apt-get", ["-qq", ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (run.status !== 0)
    process.stderr.write(`apt-get ${args.join(" ")} failed:\n${run.stdout}${run.stderr}\n`);
}

/** Known to the sources there are, but not merely as a pinned-down backport that apt would not choose by itself. */
function isKnown(name) {
  const run = spawnSync("apt-cache", ["madison", name], { encoding: "utf8" });
  return run.stdout.split("\n").some((line) => line.includes("|") && !line.includes("-backports"));
}

/** Backports from the mirror this machine already uses, ranked below everything else; false when there is none. */
function addBackports() {
  const suite = `${codename()}-backports`;
  const known = mirrors();
  if (known.some(({ suites }) => suites.includes(suite))) return true;
  const mirror = known.find(({ suites }) => suites.includes(codename()));
  if (!mirror) return false;
  const source = ["Types: deb", `URIs: ${mirror.uri}`, `Suites: ${suite}`, "Components: main"];
  source.push("Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg", "");
  writeFileSync(`/etc/apt/sources.list.d/${suite}.sources`, source.join("\n"));
  const rank = ["Package: *", `Pin: release n=${suite}`, "Pin-Priority: 50", ""];
  writeFileSync(`/etc/apt/preferences.d/${suite}`, rank.join("\n"));
  return true;
}

/** Reads both of apt's formats, and of each source only what is needed: address and suites. */
function mirrors() {
  const folder = "/etc/apt/sources.list.d";
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const read = (end) => files.filter((file) => file.endsWith(end)).map((file) => readFileSync(file, "utf8"));
  const classic = existsSync("/etc/apt/sources.list") ? [readFileSync("/etc/apt/sources.list", "utf8")] : [];
  const fromLines = [...classic, ...read(".list")]
    .flatMap((text) => [...text.matchAll(/^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s/gm)])
    .map(([, uri, suite]) => ({ uri, suites: [suite] }));
  const fromStanzas = read(".sources")
    .flatMap((text) => text.split(/\n\s*\n/))
    .map((stanza) => ({ uri: field(stanza, "URIs")[0], suites: field(stanza, "Suites") }));
  return [...fromLines, ...fromStanzas].filter(({ uri }) => uri);
}

function field(stanza, name) {
  const found = stanza.match(new RegExp(`^${name}:\\s*(.+)$`, "m"));
  return found ? found[1].trim().split(/\s+/) : [];
}

function isDebian() {
  return release("ID") === "debian";
}

function codename() {
  return release("VERSION_CODENAME");
}

function release(key) {
  if (!existsSync("/etc/os-release")) return undefined;
  return readFileSync("/etc/os-release", "utf8").match(new RegExp(`^${key}="?([^"\\n]*)"?$`, "m"))?.[1];
}
