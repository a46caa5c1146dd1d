import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export type RoundRobin = { stop(): Promise<void> };

/**
 * Passes each connection on to the next of several servers, byte for byte; one that is not there is passed over. As
 * a proxy stands before processes that share a load, but without reading what it carries.
 */
export async function startRoundRobin(
  at: { port: number; address?: string },
  targets: readonly number[],
): Promise<RoundRobin> {
  const address = at.address ?? "127.0.0.1";
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    // Whoever breaks off is seen by the other end's close.
    socket.on("error", () => {});
    socket.on("close", () => open.delete(socket));
  };
  let turn = 0;
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    keep(client);
    const first = turn++;
    const attempt = (n: number) => {
      const port = targets[(first + n) % targets.length];
      if (port === undefined || n >= targets.length) return void client.destroy();
      const target = connect({ port, host: address, allowHalfOpen: true });
      const missing = () => attempt(n + 1);
      keep(target);
      target.once("error", missing);
      target.once("connect", () => {
        target.off("error", missing);
        client.pipe(target).pipe(client);
        // What one end has broken off, or an end of both, is over for the other; what it still reads it gets first.
        target.once("close", () => client.destroySoon());
        client.once("close", () => target.destroy());
        if (client.destroyed) target.destroy();
      });
    };
    attempt(0);
  });
  server.listen(at.port, address);
  await once(server, "listening");
  return {
    async stop() {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
