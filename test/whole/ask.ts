import { Agent, request, type IncomingHttpHeaders } from "node:http";

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer; text: string };
export type Question = {
  method?: string;
  headers?: Record<string, string | string[]>;
  /** Fields become a form as browsers send it; a FormData a multipart one. */
  form?: Record<string, string | string[]> | FormData;
  body?: string | Uint8Array;
  cookie?: string | undefined;
};

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/**
 * One request to a port on loopback, under any host name and with the path exactly as written: neither fetch nor a
 * browser would send what an attacker does. A live line is answered as soon as it begins, and closed.
 */
export async function ask(
  port: number,
  host: string,
  path: string,
  question: Question = {},
): Promise<Answer> {
  const { headers: formHeaders, body } = await bodyOf(question);
  const headers = {
    host,
    ...(question.cookie === undefined ? {} : { cookie: question.cookie }),
    ...(body === undefined ? {} : { "content-length": String(body.byteLength) }),
    ...formHeaders,
    ...question.headers,
  };
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const method = question.method ?? (body === undefined ? "GET" : "POST");
  const sent = request(
    { host: "127.0.0.1", port, agent, method, path, headers, timeout: 15_000 },
    (response) => {
      const chunks: Buffer[] = [];
      const done = () => {
        const whole = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: whole,
          text: whole.toString(),
        });
      };
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        if (response.headers["content-type"]?.startsWith("text/event-stream")) {
          done();
          sent.destroy();
        }
      });
      response.on("end", done);
      response.on("error", done);
    },
  );
  sent.on("timeout", () => sent.destroy(new Error(`${method} ${path} was not answered in 15 s`)));
  sent.on("error", reject);
  sent.end(body);
  return promise;
}

async function bodyOf(question: Question): Promise<{ headers: Record<string, string>; body?: Uint8Array }> {
  const { form, body } = question;
  if (form instanceof FormData) {
    const encoded = new Response(form);
    return {
      headers: { "content-type": encoded.headers.get("content-type") ?? "" },
      body: new Uint8Array(await encoded.arrayBuffer()),
    };
  }
  if (form) {
    const pairs = Object.entries(form).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    );
    return {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: Buffer.from(new URLSearchParams(pairs).toString()),
    };
  }
  return { headers: {}, ...(body === undefined ? {} : { body: Buffer.from(body) }) };
}
