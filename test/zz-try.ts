import { startWholeTorg } from "./interop/whole-torg.ts";
import { plainRequest } from "./interop/plain-request.ts";
import { launchChromium } from "./browser/chromium.ts";
const t0 = performance.now();
const w = await startWholeTorg({ name: "torg.test", address: "127.0.0.4" });
console.log("up", performance.now() - t0);
for (const p of ["/", "/en", "/@kommunchef", "/accounts", "/about", "/sign-in", "/.well-known/nodeinfo", `/.well-known/webfinger?resource=acct:${w.handleOf(w.office)}`, "/feed.xml", "/healthz", "/readyz", "/deck", "/search?q=skola"]) {
  const a = await plainRequest("GET", w.origin + p);
  console.log(p, a.status, a.body.slice(0, 120).replace(/\s+/g, " "));
}
const b = await launchChromium();
const c = await w.signIn(b);
const page = await c.newPage();
page.on("console", (m) => console.log("CONSOLE", m.type(), m.text()));
page.on("pageerror", (m) => console.log("ERR", m.message));
await page.goto(w.origin + "/deck");
await page.locator('.deck[data-line="open"]').waitFor({ timeout: 5000 });
console.log("line open");
await page.getByLabel("Text", { exact: true }).fill("Hej allihop");
await page.getByRole("button", { name: "Publicera" }).click();
await page.locator("#column-account").getByText("Hej allihop").waitFor({ timeout: 5000 }).catch(async (e) => console.log(String(e), await page.locator("body").innerText()));
await page.screenshot({ path: "/tmp/deck.png" });
await b.close();
for (const l of w.lines.filter((x) => x["level"] !== "info")) console.log(JSON.stringify(l));
await w.stop();
console.log("down", performance.now() - t0);
