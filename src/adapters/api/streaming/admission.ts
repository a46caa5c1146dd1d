import type { Hub } from "./hub.ts";
import type { Listener } from "./listener.ts";

/** So many connections a token, an account and a place may have open in one process. */
const most = { token: 40, account: 400, address: 400 };

/** Whether one more may be opened: each costs the others a little. */
export function hasRoom(hub: Hub, { caller, address }: Pick<Listener, "caller" | "address">): boolean {
  const open = { token: 0, account: 0, address: 0 };
  for (const other of hub.open()) {
    if (other.caller.token === caller.token) open.token++;
    if (other.caller.account.id === caller.account.id) open.account++;
    if (other.address === address) open.address++;
  }
  return open.token < most.token && open.account < most.account && open.address < most.address;
}

export const noRoom = "Too many open streams. Close some, and open this one again.";
