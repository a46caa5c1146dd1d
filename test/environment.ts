export type Shape = "one" | "two-and-two";

const usualTemporary = process.env["TMPDIR"];

/** The environment as tests may know it, read here and nowhere else in test/. */
export const environment = {
  /** Where nothing may be missing. */
  ci: process.env["CI"] === "true",
  /** A browser other than the one found by itself. */
  chromium: process.env["TORG_TEST_CHROMIUM"],
  /**
   * Which processes a whole Torg is made of: one of all, or two that serve and two that work, behind a proxy. A file
   * that holds a test in the other shape sets it before that test is read.
   */
  get shape(): Shape {
    return process.env["TORG_TEST_SHAPE"] === "two-and-two" ? "two-and-two" : "one";
  },
  set shape(shape: Shape) {
    process.env["TORG_TEST_SHAPE"] = shape;
  },
  /** Where Node keeps compiled source between processes and runs: each test file is a process that loads much of it. */
  set compiled(folder: string) {
    process.env["NODE_COMPILE_CACHE"] ??= folder;
  },
  /** Where files are put that are soon taken away, by this process and those that it starts; undefined for the usual. */
  set temporary(folder: string | undefined) {
    const wanted = folder ?? usualTemporary;
    if (wanted === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = wanted;
  },
  /** What any program needs, and nothing that would set up a Torg. */
  get forPrograms(): Record<string, string> {
    const { PATH = "", HOME = "", TMPDIR } = process.env;
    return { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}) };
  },
  /** The embedded server of this run, as its owner: set by setup.ts. */
  get databaseUrl(): string | undefined {
    return process.env["TORG_TEST_DATABASE"];
  },
  set databaseUrl(url: string | undefined) {
    if (url === undefined) delete process.env["TORG_TEST_DATABASE"];
    else process.env["TORG_TEST_DATABASE"] = url;
  },
};
