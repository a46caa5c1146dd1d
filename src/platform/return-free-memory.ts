type ToTheSystem = (keep: bigint) => number;
let trim: ToTheSystem | undefined;

/**
 * Gives what the C library has freed back to the system: after a flood it would keep a hundred MiB for the next.
 * Only the GNU library has a call for it; elsewhere nothing happens.
 */
export function returnFreeMemory(): void {
  trim ??= findTrim();
  trim(0n);
}

function findTrim(): ToTheSystem {
  try {
    const library = quietly(() => process.getBuiltinModule("node:ffi")).dlopen("libc.so.6", {
      malloc_trim: { arguments: ["uint64"], return: "int32" },
    });
    return library.functions.malloc_trim;
  } catch {
    return () => 0;
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
