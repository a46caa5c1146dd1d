import { existsSync } from "node:fs";
import { findChromium } from "./find-chromium.ts";
import { findSnac } from "./find-snac.ts";

/** What a group of tests cannot do without. The embedded database comes with the packages. */
export type Need = "database" | "chromium" | "snac" | "clients";

/** A sentence for each thing that is missing here: what, and how to get it. */
export function findMissing(needs: Need[]): string[] {
  const missing: string[] = [];
  if (needs.includes("chromium") && !findChromium()) {
    missing.push(
      "Chromium is missing. On Debian: apt-get install chromium. On a Mac: install Google Chrome. " +
        "Elsewhere: set TORG_TEST_CHROMIUM to the path of a Chromium or Chrome.",
    );
  }
  if (needs.includes("snac") && !findSnac()) {
    missing.push(
      "snac2, the fediverse server that the tests speak with, is missing. On Debian as root, npm test installs it " +
        "(package snac2, from backports on Debian 12). Elsewhere: https://codeberg.org/grunfink/snac2",
    );
  }
  if (needs.includes("clients") && !hasClients()) {
    missing.push(
      "The clients toot and Mastodon.py are missing. On Debian as root, npm test installs them " +
        "(packages toot and python3-mastodon). Elsewhere: pip install toot Mastodon.py",
    );
  }
  if (needs.includes("snac") && process.getuid?.() !== 0) {
    missing.push("The tests with other servers write their names to /etc/hosts, so they run as root only.");
  }
  return missing;
}

function hasClients(): boolean {
  return ["/usr/bin/toot", "/usr/lib/python3/dist-packages/mastodon"].every((path) => existsSync(path));
}
