import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";

export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/**
 * A `lookup` for `net.connect` that refuses a name when any of its addresses is not public. The socket
 * connects to exactly the answer that was judged, so a second, different answer (DNS rebinding) can't slip in.
 */
export function checkedLookup(resolve: Resolve, allowPrivateNetwork: boolean): LookupFunction {
  const ask = askedOnce(resolve);
  return (hostname, options, callback) => {
    ask(hostname)
      .then((answers) => judge(hostname, answers, options.family, allowPrivateNetwork))
      .then(
        (addresses) => {
          const [first] = addresses;
          if (options.all || !first) callback(null, addresses);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
  };
}

/** Several connections that are opened to a host at the same moment share one question; nothing is kept after it. */
function askedOnce(resolve: Resolve): Resolve {
  const asked = new Map<string, Promise<LookupAddress[]>>();
  return (hostname) => {
    const known = asked.get(hostname);
    if (known) return known;
    const answers = resolve(hostname).finally(() => asked.delete(hostname));
    asked.set(hostname, answers);
    return answers;
  };
}

/** Thrown inside the socket's lookup, to be recognised again behind undici. */
export class BlockedAddress extends Error {
  readonly code = "TORG_BLOCKED_ADDRESS";
}

function judge(
  hostname: string,
  answers: LookupAddress[],
  family: number | string | undefined,
  allowPrivateNetwork: boolean,
): LookupAddress[] {
  const blocked = allowPrivateNetwork ? undefined : answers.find(({ address }) => !isPublicAddress(address));
  if (blocked) throw new BlockedAddress(`${hostname} leads to ${blocked.address}, which is not public`);
  const wanted =
    family === 4 || family === 6 ? answers.filter((answer) => answer.family === family) : answers;
  if (wanted.length > 0) return wanted;
  throw Object.assign(new Error(`${hostname} has no address`), { code: "ENOTFOUND" });
}
