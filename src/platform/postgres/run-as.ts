import { spawnSync } from "node:child_process";
import { lchownSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** How a PostgreSQL program is started: as whom, seen from outside, and by which command line. */
export type RunAs = {
  uid: number;
  gid: number;
  command(program: string, args: string[]): { file: string; args: string[] };
};

/** A clean environment: Torg's own holds secrets that are none of the database's business. */
export const postgresEnvironment = {
  LC_ALL: "C",
  TZ: "UTC",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin",
};

const nobody = 65534;
const asUserOfItsOwnNamespace = ["unshare", "-U", "--map-user=1000", "--map-group=1000", "--"];

/**
 * Chooses how to run PostgreSQL on what `folder` holds. PostgreSQL refuses to run as root, so root steps down:
 * to the folder's owner, else into a user namespace where root's files are an ordinary user's, else to nobody.
 */
export function chooseRunAs(folder: string): RunAs {
  const owner = statSync(folder);
  const uid = process.getuid?.() ?? owner.uid;
  const gid = process.getgid?.() ?? owner.gid;
  if (uid !== 0) {
    if (owner.uid !== uid)
      throw new Error(`${folder} belongs to user ${owner.uid}: start Torg as that user.`);
    return runAs(uid, gid, firstThatRuns([dyingWithParent, []]) ?? []);
  }
  if (owner.uid !== 0) return stepDownTo(owner.uid, owner.gid);
  const namespace = firstThatRuns([
    // The death signal must be asked for inside: changing identity clears it.
    [...asUserOfItsOwnNamespace, ...dyingWithParent],
    asUserOfItsOwnNamespace,
  ]);
  return namespace ? runAs(0, 0, namespace) : stepDownTo(nobody, nobody);
}

/** Root only: PostgreSQL refuses a folder that is not its own, as one made before the way to step down changed. */
export function giveTo({ uid, gid }: RunAs, folder: string): void {
  if (process.getuid?.() !== 0 || statSync(folder).uid === uid) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    lchownSync(join(folder, name), uid, gid);
  }
  // Last, so that an interrupted change is taken up again.
  lchownSync(folder, uid, gid);
}

const dyingWithParent = ["setpriv", "--pdeathsig", "INT", "--"];

function stepDownTo(uid: number, gid: number): RunAs {
  const asUser = ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  const prefix = firstThatRuns([
    [
      ...asUser,
      "--securebits=+no_setuid_fixup",
      // The program and the folder may lie in a home that only root may enter.
      "--inh-caps=+dac_override",
      "--ambient-caps=+dac_override",
      "--pdeathsig=INT",
      "--",
    ],
    [...asUser, "--"],
  ]);
  if (prefix) return runAs(uid, gid, prefix);
  throw new Error(
    "PostgreSQL does not run as root, and this system has neither unshare nor setpriv (util-linux) to step down with. Start Torg as an ordinary user, or set DATABASE_URL.",
  );
}

function runAs(uid: number, gid: number, prefix: string[]): RunAs {
  return {
    uid,
    gid,
    command(program, args) {
      const [file = program, ...rest] = [...prefix, program, ...args];
      return { file, args: rest };
    },
  };
}

function firstThatRuns(prefixes: string[][]): string[] | undefined {
  return prefixes.find(([file = "true", ...rest]) => {
    const args = file === "true" ? [] : [...rest, "true"];
    return spawnSync(file, args, { env: postgresEnvironment, stdio: "ignore", cwd: "/" }).status === 0;
  });
}
