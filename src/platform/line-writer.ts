export type LineWriter = { write: (line: string) => void; flush: () => void };

const longestMs = 50;
const mostWaiting = 64 * 1024;

/**
 * Writes lines together, a moment after the first: writing is a call to the system each time, and a busy process says
 * tens of thousands of lines a second. Call `flush` before the process ends.
 */
export function createLineWriter(write: (text: string) => void): LineWriter {
  let waiting = "";
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const text = waiting;
    waiting = "";
    if (text !== "") write(text);
  };
  return {
    write(line) {
      waiting += line;
      if (waiting.length >= mostWaiting) flush();
      else timer ??= setTimeout(flush, longestMs).unref();
    },
    flush,
  };
}
