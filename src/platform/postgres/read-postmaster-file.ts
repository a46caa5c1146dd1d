import { readFileSync } from "node:fs";
import { join } from "node:path";

export type PostmasterFile = { pid: number; port: number; socketFolder: string; ready: boolean };

/** What a server says of itself in `postmaster.pid`; the lines are those of PostgreSQL's `pidfile.h`. */
export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const [pid = "", , , port = "", socketFolder = "", , , status = ""] = lines;
  return {
    pid: Number.parseInt(pid, 10) || 0,
    port: Number.parseInt(port, 10) || 0,
    socketFolder,
    ready: status.trim() === "ready",
  };
}
