export type LineWriter = { write: (line: string) => void; flush: () => void };

/**
 * Writes the lines of one turn of the event loop together: writing is a call to the system each time, and a busy
 * process says many lines a turn. Call `flush` before the process ends.
 */
export function createLineWriter(write: (text: string) => void): LineWriter {
  let waiting = "";
  const flush = () => {
    const text = waiting;
    waiting = "";
    if (text !== "") write(text);
  };
  return {
    write(line) {
      if (waiting === "") setImmediate(flush);
      waiting += line;
    },
    flush,
  };
}
