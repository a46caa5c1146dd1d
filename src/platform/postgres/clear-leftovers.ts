import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { readPostmasterFile } from "./read-postmaster-file.ts";
import { socketPort } from "./socket-address.ts";

/**
 * Makes way for a new server on `cluster` after a Torg that was killed. Call it only while holding the data
 * folder's lock: then no living Torg needs what it stops and removes.
 */
export async function clearLeftovers(
  cluster: string,
  socketFolder: string,
  log: (line: string) => void,
): Promise<void> {
  const file = readPostmasterFile(cluster);
  if (file) {
    const left = serversOf(cluster, file.pid);
    if (left.includes(file.pid)) {
      log(`A PostgreSQL server (process ${file.pid}) outlived its Torg; it is being stopped`);
      await end(file.pid, ["SIGINT", "SIGQUIT", "SIGKILL"]);
    }
    // Without their postmaster, sessions that still run may write: they must be gone before another starts.
    for (const pid of serversOf(cluster, file.pid)) await end(pid, ["SIGQUIT", "SIGKILL"]);
    disownPostmasterFile(cluster, log);
  }
  for (const name of [`.s.PGSQL.${socketPort}`, `.s.PGSQL.${socketPort}.lock`]) {
    rmSync(join(socketFolder, name), { force: true });
  }
}

/**
 * PostgreSQL will not start while the process named in the file lives, be it a zombie or a stranger that got the
 * number. It takes its own parent's number, ours, as stale, and still looks for sessions in shared memory.
 */
function disownPostmasterFile(cluster: string, log: (line: string) => void): void {
  const file = readPostmasterFile(cluster);
  const path = join(cluster, "postmaster.pid");
  // A power cut can leave the file empty, which PostgreSQL refuses as well.
  if (file?.pid === 0) rmSync(path);
  if (!file || !exists(file.pid)) return;
  log(`postmaster.pid names process ${file.pid}, which is no server of this folder; it is set aside`);
  const [, ...rest] = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, [process.pid, ...rest].join("\n"));
}

async function end(pid: number, signals: NodeJS.Signals[]): Promise<void> {
  for (const signal of signals) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    // A fast shutdown writes a checkpoint, which takes its time on a slow disk. It is not our child: we must ask.
    const tries = signal === "SIGINT" ? 3000 : 250;
    for (let i = 0; i < tries && isAlive(pid); i++) await wait(20);
    if (!isAlive(pid)) return;
  }
  throw new Error(`The PostgreSQL process ${pid} cannot be stopped.`);
}

/** The living PostgreSQL processes whose data folder is `cluster`: a server works in its data folder. */
function serversOf(cluster: string, postmaster: number): number[] {
  if (process.platform !== "linux") return isServerByPs(cluster, postmaster) ? [postmaster] : [];
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && isServerByProc(cluster, pid));
}

function isServerByProc(cluster: string, pid: number): boolean {
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`) === cluster &&
      readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("postgres") &&
      isAlive(pid)
    );
  } catch {
    return false;
  }
}

function isServerByPs(cluster: string, pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.includes("postgres") && stdout.includes(cluster) && isAlive(pid);
}

function isAlive(pid: number): boolean {
  return exists(pid) && !isZombie(pid);
}

function exists(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function isZombie(pid: number): boolean {
  if (process.platform !== "linux") {
    return spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.startsWith("Z");
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name before it stands in brackets and may itself hold any character.
    return /^\s[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 1));
  } catch {
    return true;
  }
}
