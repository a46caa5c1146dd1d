/** What the process that plays the rest of the fediverse is told, and answers, in turns. */
export type Told =
  | { do: "prepare"; inbox: string; parents: string[]; actors: "known" | "new"; count: number }
  | { do: "post"; port: number; concurrency: number }
  | { do: "await-received"; count: number };

/** `keys`: of the known actors, for the limit, which shall not have to ask. */
export type Answered =
  | { port: number; keys: Record<string, string> }
  | { prepared: number }
  | { accepted: number; refused: string[]; ms: number }
  | { received: number };
