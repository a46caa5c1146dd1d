/** A request as it was received, before anything of it is believed. */
export type SignedRequest = {
  method: string;
  /** Path and query exactly as received. */
  path: string;
  /** What the sender addressed us as: behind a proxy, the name outside it. */
  host: string;
  scheme: "http" | "https";
  /** By lower-case name; a header sent several times joined by ", ". */
  headers: (name: string) => string | undefined;
  body: Uint8Array;
};
