/** What a worker tells of the files it was given; text, so that no error need survive the way. */
export type Told =
  | { kind: "began"; test: string }
  | { kind: "ended"; test: string }
  | { kind: "passed" }
  | { kind: "skipped" }
  | { kind: "failed"; words: string }
  /** Thrown where no test could catch it. */
  | { kind: "stray"; words: string }
  /** All of the file has been told; the next may be given. */
  | { kind: "file-ended" };

/** Which file to run next, by its whole path. */
export type Given = { file: string };
