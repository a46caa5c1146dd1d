import type { IncomingMessage } from "node:http";

/** Set by the proxy in front of us; trusted only from loopback, where only it can be. */
export const forwardedFor = "x-forwarded-for";

/** The other end of a request, as the nearest trusted proxy names it. */
export function addressOf(socket = "", forwarded?: string | string[]): string {
  const loopback = socket === "" || socket === "::1" || /^(::ffff:)?127\./.test(socket);
  return (
    (loopback &&
      String(forwarded ?? "")
        .split(",")
        .at(-1)
        ?.trim()) ||
    socket
  );
}

export function addressFrom({ socket, headers }: IncomingMessage): string {
  return addressOf(socket.remoteAddress, headers[forwardedFor]);
}
