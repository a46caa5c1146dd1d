/** One line of the table: what Torg does, beside the physical limit of the same work on the same machine. */
export type Row = {
  name: string;
  /** The work, and the limit it is measured against, in a few words. */
  work: string;
  limit: string;
  target: Target;
  /** Several, when a row has several figures, such as one for each size. */
  measure(bench: Bench): Promise<Measured[]>;
};

/**
 * `atLeast`, `atMost`: what the ratio of ours to the limit shall be; `value`: what our own figure shall be. A row may
 * have both.
 */
export type Target = { ratio?: Bound; value?: Bound };
export type Bound = { atLeast: number } | { atMost: number };

export type Measured = {
  /** Which of the row's figures, where there are several. */
  part?: string;
  unit: string;
  /** One of each round, taken in turns so that what disturbs the machine disturbs both. */
  ours: readonly number[];
  /** Empty where a row has no limit but its target. */
  limits: readonly number[];
  /** Said beside the figures: queries, bytes, what was lost. */
  note?: string;
};

/** What rows are given to measure with. */
export type Bench = {
  rounds: number;
  seconds: number;
  /** A folder of this row alone; taken away afterwards. */
  folder: string;
  /** A folder of the whole run, for what several rows can use, such as a large seeded database. */
  shared: string;
  /** Ends with the row, whatever becomes of it; the last registered first. */
  after(cleanup: () => Promise<unknown> | void): void;
};
