export type LineWriter = { write: (line: string) => void; flush: () => void };

const longestMs = 50;
const mostWaiting = 64 * 1024;

/**
 * Writes lines together, a moment after the first: writing is a call to the system each time, and a busy process says
 * tens of thousands of lines a second. Call `flush` before the process ends.
 */
export function createLineWriter(write: (text: string) => void): LineWriter {
  let waiting: string[] = [];
  let length = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const text = waiting.join("");
    waiting = [];
    length = 0;
    if (text !== "") write(text);
  };
  return {
    write(line) {
      length += line.length;
      waiting.push(line);
      if (length >= mostWaiting) flush();
      else timer ??= setTimeout(flush, longestMs).unref();
    },
    flush,
  };
}
