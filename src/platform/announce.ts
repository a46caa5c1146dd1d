/** Says something to whoever stands at the terminal, and to no log: one-time links above all. */
export type Announce = (line: string) => void;

export const announce: Announce = (line) => void process.stderr.write(`${line}\n`);
