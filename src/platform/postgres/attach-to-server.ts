import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { unfinishedMark } from "./initialise-cluster.ts";
import { readPostmasterFile } from "./read-postmaster-file.ts";

export type ServerAddress = { socketFolder: string; port: number };

/** The address of the server that another Torg runs on `cluster`, or nothing while it does not answer. */
export async function findRunningServer(cluster: string): Promise<ServerAddress | undefined> {
  const file = readPostmasterFile(cluster);
  // A new one is nobody's before it is whole.
  if (!file?.ready || existsSync(unfinishedMark(cluster))) return undefined;
  const { socketFolder, port } = file;
  const socket = connect(join(socketFolder, `.s.PGSQL.${port}`));
  try {
    await once(socket, "connect");
    return { socketFolder, port };
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

/** Waits a little between two looks at a server that another process is starting or stopping. */
export async function beforeNextLook(): Promise<void> {
  await wait(50);
}
