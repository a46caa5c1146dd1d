/** Looks again until there is something; other servers cannot tell us when they are done. */
export async function waitFor<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  { what, timeoutMs = 15_000 }: { what: string; timeoutMs?: number },
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline)
      throw new Error(`After ${timeoutMs / 1000} s there was still not ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
