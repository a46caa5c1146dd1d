// The limit that pages and answers are measured against: node:http sending bytes that lie ready. The body is read from
// standard input once; the port is told on standard output.
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

const body = await buffer(process.stdin);
const headers = { "content-type": "application/json; charset=utf-8", "content-length": body.length };
const server = createServer((_, response) => {
  response.writeHead(200, headers);
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address) console.log(address.port);
});
