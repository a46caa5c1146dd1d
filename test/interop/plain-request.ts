import { request } from "node:http";

export type PlainResponse = { status: number; body: string };

/** One request on a connection of its own: snac2 closes the ones it kept alive without a word. */
export function plainRequest(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<PlainResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<PlainResponse>();
  const sent = request(url, { method, headers, agent: false, timeout: 20_000 }, (response) => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => (text += chunk));
    response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
    response.on("error", reject);
  });
  sent.on("timeout", () => sent.destroy(new Error(`${url} did not answer in 20 s`)));
  sent.on("error", reject);
  sent.end(body);
  return promise;
}
