// Runs on the system's Node, before anything is installed: only Node's own modules here.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What postgres.js 3.4.9 forgets when a connection is lost (its issues 1133, 1186 and 1216, pull requests 1209 and
 * 1215): to drop the bytes that it was about to write, whoever asked in the same moment, and the server's last words.
 * The connection then hangs for thirty seconds at each attempt, or answers with those words whoever asks next. See
 * docs/adr/0018.
 */
const mends = [
  {
    // Ended by us.
    from: "error(Errors.connection('CONNECTION_DESTROYED', options))\n\n    clearImmediate(nextWriteTimer)\n",
    add: "    chunk = nextWriteTimer = null\n",
  },
  {
    // Lost.
    from: "    incomings = null\n    clearImmediate(nextWriteTimer)\n    socket.removeListener('data', data)\n",
    add: "    chunk = nextWriteTimer = null\n",
  },
  {
    // Whoever asked between the error and the end of the connection was told of neither.
    from: "    closedTime = performance.now()\n",
    add: `    hadError && sent.length && error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = results = errorResponse = null
    result = new Result()
    // Whoever asks a lost connection all the same is refused. It would write to a socket that is no more.
    terminated = true
`,
  },
];

/** Changes when the mends do, so that packages which were installed before are mended as well. */
export const mendsHash = createHash("sha256").update(JSON.stringify(mends)).digest("hex").slice(0, 16);

/** Mends the client library where it is installed; throws where it is not the one that this was written for. */
export function mendPostgres(root) {
  const file = join(root, "node_modules/postgres/src/connection.js");
  // As it came, so that another mend begins there. npm takes it away with the package.
  const original = `${file}.original`;
  if (!existsSync(original)) putInPlace(original, readFileSync(file, "utf8"));
  putInPlace(file, mended(readFileSync(original, "utf8")));
}

/** Whole or not at all: it may be interrupted, and another process may do or read the same. */
function putInPlace(file, text) {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text);
  renameSync(fresh, file);
}

function mended(source) {
  let text = source;
  for (const mend of mends) {
    const [before, after, ...more] = text.split(mend.from);
    if (after === undefined || more.length > 0)
      throw new Error("postgres.js is another than scripts/mend-postgres.mjs was written for");
    text = `${before}${mend.from}${mend.add}${after}`;
  }
  return text;
}
