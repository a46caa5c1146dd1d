import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";

/** Bounded, for a trace begins with a message that may hold anything. */
const inBundle = /(file:\/\/[^\s()]{1,500}\/dist\/server\/[\w-]{1,100}\.js):(\d+):(\d+)/g;
const known = new Map<string, string>();
const mostKnown = 1_000;

/**
 * A trace as the sources have it, where Torg runs from its bundle. Node would tell it as well, but from the first trace on
 * that anybody reads it holds 35 MiB of places for it, and a stream reads one for each connection that it lets go.
 */
export function sourceTrace(stack: string): string {
  const maps = new Map<string, SourceMap | undefined>();
  return stack.replace(inBundle, (place: string, file: string, line: string, column: string) => {
    const before = known.get(place);
    // To read a map takes a tenth of a second: done once for each place, and not for ever.
    if (before !== undefined || known.size >= mostKnown) return before ?? place;
    if (!maps.has(file)) maps.set(file, readMap(file));
    const found = placeIn(maps.get(file), file, Number(line), Number(column));
    if (found !== undefined) known.set(place, found);
    return found ?? place;
  });
}

function readMap(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(new URL(`${file}.map`), "utf8")) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

function placeIn(map: SourceMap | undefined, file: string, line: number, column: number): string | undefined {
  const found = map?.findEntry(line - 1, column - 1);
  if (!found || !("originalSource" in found)) return undefined;
  const source = new URL(found.originalSource, file).href;
  return `${source}:${found.originalLine + 1}:${found.originalColumn + 1}`;
}
