/** Whoever comes first begins it for all. Where it fails, all who wait hear of it, and the next to come begins anew. */
export function begunOnce<Begun>(begin: () => Promise<Begun>): () => Promise<Begun> {
  let begun: Promise<Begun> | undefined;
  return () =>
    (begun ??= begin().catch((error: unknown) => {
      begun = undefined;
      throw error;
    }));
}
