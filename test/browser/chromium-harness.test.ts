import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { axeViolations, launchChromium, screenshots } from "./chromium.ts";

const browser = await launchChromium();
const server = createServer((_, response) => {
  const policy = "default-src 'none'; script-src 'self'";
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy });
  response.end(
    `<!doctype html><html lang="sv"><title>Prov</title><main><h1>Prov</h1><img src="x.png"></main></html>`,
  );
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;
after(async () => {
  await browser.close();
  server.close();
});

test("a picture without alternative text is found on a page with a strict policy", async () => {
  const page = await browser.newPage();
  await page.goto(url);
  const found = await axeViolations(page);
  assert.equal(found.length, 1);
  assert.match(found[0] ?? "", /^image-alt: .*\(img\)/);
});

test("a page is pictured in each width and scheme", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "torg-pictures-"));
  t.after(() => rm(folder, { recursive: true }));
  const page = await browser.newPage();
  await page.goto(url);
  const paths = await screenshots(page, "prov", { folder, widths: [360, 768] });
  assert.equal(paths.length, 4);
  assert.ok(paths.every((path) => existsSync(path)));
});
