import { channelNamed } from "#platform/channel.ts";
import type { Database } from "#platform/database.ts";
import type { Sign } from "./board.ts";

/** On which processes tell each other who is where. */
const name = "torg_presence";
const channel = channelNamed<Sign>(name);

export type Between = {
  /** Told to all processes, this one too. */
  tell(sign: Sign): Promise<void>;
  stop(): Promise<void>;
};

export async function betweenProcesses(
  db: Pick<Database, "sql">,
  hear: (sign: Sign) => void,
): Promise<Between> {
  const { stop } = await channel.hear(db, hear);
  return {
    tell: async (sign) => void (await db.sql.notify(name, JSON.stringify(sign))),
    stop,
  };
}
