import { createHash } from "node:crypto";
import { chmodSync, chownSync, lstatSync, mkdirSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const socketPort = 5432;

/** `sockaddr_un` holds 104 bytes on macOS, 108 on Linux, whatever the file system allows. */
const longestFolder = 80;

/** Where the socket of the data folder lies; the data folder's own path may be too long for one. */
export function socketFolderFor(realDataFolder: string): string {
  const name = `torg-${createHash("sha256").update(realDataFolder).digest("hex").slice(0, 16)}`;
  const folder = join(tmpdir(), name);
  return folder.length <= longestFolder ? folder : join("/tmp", name);
}

/** The folder is the only guard of the socket, and its name can be guessed: it must be ours alone. */
export function makeSocketFolder(folder: string, uid: number, gid: number): void {
  mkdirIfMissing(folder);
  const own = process.getuid?.();
  const found = lstatSync(folder);
  if (!found.isDirectory() || (found.uid !== uid && found.uid !== own)) {
    throw new Error(`${folder} belongs to someone else: remove it, or set TMPDIR to another folder.`);
  }
  if (own === 0 && found.uid !== uid) chownSync(folder, uid, gid);
  if ((found.mode & 0o777) !== 0o700) chmodSync(folder, 0o700);
}

/** Leaves nothing behind in the temporary folder, unless another server already starts there. */
export function removeSocketFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty, or gone.
  }
}

function mkdirIfMissing(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** The address as libpq and node-pg read it: the socket's folder in the place of the host. */
export function socketUrl(folder: string, port: number, user: string, database: string): string {
  return `postgres://${user}@${encodeURIComponent(folder)}:${port}/${database}`;
}

/**
 * postgres.js does not read a socket's folder out of an address. Call it as `postgres(url, options)` with what
 * this returns; an address of a server on the network passes unchanged.
 */
export function forPostgresJs(address: string): { url: string; options: { host?: string } } {
  const url = new URL(address);
  const asParameter = url.searchParams.get("host");
  const host = asParameter ?? decodeURIComponent(url.hostname);
  if (!host.startsWith("/")) return { url: address, options: {} };
  // Left in place, postgres.js would send it to the server as a setting, which refuses it.
  url.searchParams.delete("host");
  return { url: url.href, options: { host } };
}

/** The address with one more setting for each session, beside those that it names already. */
export function withSetting(address: string, setting: string): string {
  const url = new URL(address);
  const before = url.searchParams.get("options");
  url.searchParams.set("options", `${before ? `${before} ` : ""}-c ${setting}`);
  return url.href;
}
