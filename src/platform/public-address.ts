import { BlockList, isIP, isIPv4 } from "node:net";

/**
 * Whether an IP address is one that anyone on the internet could be meant by. Everything else
 * (ours, our neighbours', the cloud's metadata service) is out of bounds for what strangers make us fetch.
 * Sources: the IANA special-purpose address registries for IPv4 and IPv6.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !SPECIAL_IPV4.check(address, "ipv4");
  // A zone (fe80::1%eth0) only ever names something on our own links.
  if (isIP(address) !== 6 || address.includes("%")) return false;
  const embedded = embeddedIpv4(address);
  if (embedded !== undefined) return isPublicAddress(embedded);
  return GLOBAL_IPV6.check(address, "ipv6") && !SPECIAL_IPV6.check(address, "ipv6");
}

const SPECIAL_IPV4 = blockList("ipv4", [
  ["0.0.0.0", 8], // this network
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // carrier-grade NAT
  ["127.0.0.0", 8],
  ["168.63.129.16", 32], // a public number that Azure answers inside its own machines
  ["169.254.0.0", 16], // link-local, metadata services
  ["172.16.0.0", 12],
  ["192.0.0.0", 24], // protocol assignments
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16],
  ["198.18.0.0", 15], // benchmarks
  ["198.51.100.0", 24], // documentation
  ["203.0.113.0", 24], // documentation
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, broadcast
]);

/** Only this part of IPv6 is handed out, so loopback, ULA, link- and site-local, multicast fall outside. */
const GLOBAL_IPV6 = blockList("ipv6", [["2000::", 3]]);

const SPECIAL_IPV6 = blockList("ipv6", [
  ["2001::", 23], // protocol assignments: Teredo, benchmarks, ORCHID
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4: may lead to any IPv4, and no server is reached that way any more
  ["3fff::", 20], // documentation
]);

/**
 * The IPv4 address meant by an IPv4-mapped (::ffff:0:0/96) or NAT64 (64:ff9b::/96) one. NAT64 is judged by
 * what it leads to because DNS64 gives such addresses for every IPv4-only peer.
 */
function embeddedIpv4(address: string): string | undefined {
  const groups = ipv6Groups(address);
  const prefix = groups.slice(0, 6).join(":");
  if (prefix !== "0:0:0:0:0:ffff" && prefix !== "64:ff9b:0:0:0:0") return undefined;
  return groups
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 0xff])
    .join(".");
}

function ipv6Groups(address: string): string[] {
  // The URL parser writes every spelling, dotted tails included, in one canonical form.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const before = head === "" ? [] : head.split(":");
  if (tail === undefined) return before;
  const after = tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after];
}

function blockList(family: "ipv4" | "ipv6", subnets: [string, number][]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family);
  return list;
}
