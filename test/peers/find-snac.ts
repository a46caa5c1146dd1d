import { existsSync } from "node:fs";

const places = ["/usr/bin/snac", "/usr/local/bin/snac", "/opt/homebrew/bin/snac"];

/** The path of the snac2 program, if it is installed. */
export function findSnac(): string | undefined {
  return places.find((path) => existsSync(path));
}
