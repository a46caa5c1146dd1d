import assert from "node:assert/strict";
import { createECDH, createPublicKey, randomBytes, verify, type ECDH } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";

type Ece = { decrypt(body: Buffer, options: Record<string, unknown>): Buffer };
const ece = createRequire(import.meta.url)("http_ece") as Ece;

export type Pushed = { path: string; headers: IncomingHttpHeaders; body: Buffer };
export type PushMessage = Record<string, unknown> & {
  notification_type: string;
  title: string;
  body: string;
};
/** Somebody's phone, with the keys that only it has in full. */
export type Device = { curve: ECDH; secret: Buffer; keys: { p256dh: string; auth: string } };

/** A push service on this machine: what it got, and how it is to answer at each path (else with 201). */
export type PushService = {
  received: Pushed[];
  answers: Map<string, (response: ServerResponse) => void>;
  urlOf: (path: string, host?: string) => string;
  /** The nth message that comes to a path. */
  arrivedAt: (path: string, count?: number) => Promise<Pushed>;
};

export async function startPushService(scope: { after(cleanup: () => void): void }): Promise<PushService> {
  const received: Pushed[] = [];
  const answers: PushService["answers"] = new Map();
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const path = request.url ?? "";
      received.push({ path, headers: request.headers, body: Buffer.concat(parts) });
      for (const tell of waiting) tell();
      const answer = answers.get(path);
      if (answer) answer(response);
      else response.writeHead(201).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  scope.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    received,
    answers,
    urlOf: (path, host = "127.0.0.1") => `http://${host}:${port}${path}`,
    async arrivedAt(path, count = 1) {
      for (;;) {
        const found = received.filter((one) => one.path === path)[count - 1];
        if (found) return found;
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.add(resolve);
        await promise;
        waiting.delete(resolve);
      }
    },
  };
}

export function newDevice(): Device {
  const curve = createECDH("prime256v1");
  const p256dh = curve.generateKeys("base64url");
  const secret = randomBytes(16);
  return { curve, secret, keys: { p256dh, auth: secret.toString("base64url") } };
}

/** What the device reads. */
export function opened(
  { body, headers }: Pushed,
  { curve, secret }: Device,
): { text: string; message: PushMessage } {
  const keys = { privateKey: curve, authSecret: secret };
  const field = (header: string | string[] | undefined, name: string) =>
    new RegExp(`${name}=([\\w-]+)`).exec(String(header))?.[1];
  const plain =
    headers["content-encoding"] === "aes128gcm"
      ? ece.decrypt(body, { version: "aes128gcm", ...keys })
      : ece.decrypt(body, {
          version: "aesgcm",
          salt: field(headers["encryption"], "salt"),
          dh: field(headers["crypto-key"], "dh"),
          ...keys,
        });
  return { text: plain.toString(), message: JSON.parse(plain.toString()) as PushMessage };
}

/** The claims of a VAPID token, if the key it comes with has signed it (RFC 8292). */
export function claimsOf(token: string, key: string): Record<string, unknown> {
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const publicKey = { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" } as const;
  assert.ok(
    verify("sha256", Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, "base64url")),
  );
  return JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, unknown>;
}
