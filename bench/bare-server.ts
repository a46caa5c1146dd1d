// The limit that pages and answers are measured against: node:http sending an answer that lies ready, head and body, in
// the ways that it is fastest at. Read from standard input once: the head as a line of JSON, names and values in turn;
// then the body. The port is told on standard output.
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

const answer = await buffer(process.stdin);
const end = answer.indexOf("\n");
const head = JSON.parse(answer.toString("utf8", 0, end)) as string[];
const bytes = answer.subarray(end + 1);
// Letters travel in one piece with the head; more of them would be copied for longer than that saves.
const body = bytes.length <= 4 * 1024 ? bytes.toString("latin1") : bytes;
const server = createServer((_, response) => {
  response.writeHead(200, head);
  response.end(body, "latin1");
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address) console.log(address.port);
});
