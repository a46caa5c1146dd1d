/**
 * Is it the surroundings that failed: the database is away, at its limits or busy with another? Then whatever is tried
 * would fail as well, and will not when they are back. Everything else is the fault of what was being handled.
 */
export function isOfSurroundings(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return surroundings.some((pattern) => pattern.test(code)) || isOfSurroundings(error.cause);
}

const surroundings = [
  // No connection, none granted, no such database yet; one that cannot be written to at the moment.
  /^(08|28|3D)\w{3}$/,
  /^25(006|P03|P04)$/,
  // Another was in the way: serialization, deadlock, a lock that was not to be had.
  /^(40\w{3}|55P03)$/,
  // Out of memory, disk or connections; shut down (but not 57014, a query that takes too long); its files failed.
  /^(53\w{3}|57P\w{2}|58\w{3})$/,
  // As the client says it, and the system beneath (ECONNREFUSED).
  /^CONNECT(ION)?_[A-Z_]+$/,
  /^E(?!RR_)[A-Z0-9]+$/,
];
