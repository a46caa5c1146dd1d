import type { Database } from "#platform/database.ts";
import type { Sign } from "./board.ts";

/** The channel on which processes tell each other who is where. What goes through it is kept by nobody. */
const channel = "torg_presence";

export type Between = {
  /** Told to all processes, this one too. */
  tell(sign: Sign): Promise<void>;
  stop(): Promise<void>;
};

export async function betweenProcesses(
  db: Pick<Database, "sql">,
  hear: (sign: Sign) => void,
): Promise<Between> {
  const listening = await db.sql.listen(channel, (text) => hear(JSON.parse(text) as Sign));
  return {
    tell: async (sign) => void (await db.sql.notify(channel, JSON.stringify(sign))),
    stop: () => listening.unlisten().catch(() => {}),
  };
}
