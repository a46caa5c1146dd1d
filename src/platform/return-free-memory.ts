type CLibrary = {
  malloc_trim: (keep: bigint) => number;
  mallopt: (what: number, value: number) => number;
};

let library: CLibrary | undefined;

/** M_TRIM_THRESHOLD of glibc: how much may lie free at the end of a thread's arena before it is cut. */
const trimThreshold = -1;
const atRest = 64 * 1024;
/** The most that the library itself comes to when it has seen large pieces freed: work costs no calls of the system. */
const atWork = 64 * 1024 * 1024;

/**
 * Gives what the C library has freed back to the system: after a flood it would keep a hundred MiB for the next.
 * `freeing` is what frees: only while something is freed are the arenas of other threads cut at their ends, whereas what
 * lies between is given back afterwards. Only the GNU library has calls for it; elsewhere nothing is given back.
 */
export async function returnFreeMemory(freeing: () => Promise<void>): Promise<void> {
  library ??= findLibrary();
  const { malloc_trim: trim, mallopt: set } = library;
  set(trimThreshold, atRest);
  try {
    await freeing();
    trim(0n);
  } finally {
    set(trimThreshold, atWork);
  }
}

function findLibrary(): CLibrary {
  try {
    const { functions } = quietly(() => process.getBuiltinModule("node:ffi")).dlopen("libc.so.6", {
      malloc_trim: { arguments: ["uint64"], return: "int32" },
      mallopt: { arguments: ["int32", "int32"], return: "int32" },
    });
    return functions;
  } catch {
    return { malloc_trim: () => 0, mallopt: () => 0 };
  }
}

/** Node marks its interface to libraries as experimental, on stderr; whoever runs Torg need not be told. */
function quietly<T>(work: () => T): T {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => {};
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}
