import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { testDatabase } from "../database.ts";
import { fileScope } from "../file-scope.ts";
import { waitFor } from "../interop/wait-for.ts";
import { startOauthWorld, type Registered } from "../oauth-world.ts";
import { goodByKeyboard, tabTo } from "./by-keyboard.ts";
import { axeViolations, launchChromium } from "./chromium.ts";

const scope = fileScope();
const { db } = await testDatabase(scope);
const world = await startOauthWorld(scope, db);
const browser = await launchChromium();
scope.after(() => browser.close());

/** A program on the reader's own machine, which sends them on once more, as sites do. */
const heard: string[] = [];
const program = createServer((request, response) => {
  heard.push(request.url ?? "");
  if (request.url?.startsWith("/callback")) response.writeHead(302, { location: "/welcome" }).end();
  else if (request.url?.startsWith("/in-window"))
    response.setHeader("content-type", "text/html").end("<script>opener.document.title = 'Inne'</script>");
  else response.setHeader("content-type", "text/html").end("<title>Inne</title>");
});
await new Promise<void>((resolve) => program.listen(0, "127.0.0.1", resolve));
scope.after(() => new Promise((resolve) => void program.close(() => resolve())));
const address = program.address();
const callback = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/callback`;

test("a program is let in with the keyboard alone, and answered on the reader's own machine", async () => {
  const app = await world.register({ redirect_uris: callback });
  const { page, complaints } = await signedInPage(browser);
  await page.goto(addressOf(app, callback, { state: "a b" }));
  await page.getByRole("heading", { name: "Ska Provapp få använda ditt konto?" }).waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await tabTo(page, page.getByRole("radio", { name: "Exempelkommun" }));
  await page.keyboard.press("ArrowDown");
  assert.ok(await page.getByRole("radio", { name: "Kommunchefen" }).isChecked());
  await tabTo(page, page.getByRole("button", { name: "Tillåt" }));
  await goodByKeyboard(page, "the button");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/welcome");
  const { searchParams } = new URL(heard[0] ?? "", callback);
  assert.equal(searchParams.get("state"), "a b");
  const { body } = await world.redeem(app, searchParams.get("code") ?? "", { redirect_uri: callback });
  const me = await world.api("GET", "/api/v1/accounts/verify_credentials", { token: body.access_token });
  assert.equal(me.body["username"], "kommunchef");
  assert.deepEqual(complaints, []);

  await page.goto(`${world.origin}/deck/settings`);
  await page.getByRole("link", { name: /^Anslutna appar/ }).click();
  await page.getByRole("heading", { name: "Provapp" }).waitFor();
  assert.deepEqual(await axeViolations(page), []);
  await page.getByRole("button", { name: "Koppla från Provapp" }).click();
  await page.getByText("Appen är frånkopplad").waitFor();
  await page.getByText("Inga appar är anslutna").waitFor();
  assert.deepEqual(await axeViolations(page), []);
  const after = await world.api("GET", "/api/v1/accounts/verify_credentials", { token: body.access_token });
  assert.equal(after.status, 401);
  await page.context().close();
});

test("the policy lets the form lead to an app's own scheme, and whoever refuses need choose nothing", async () => {
  const own = "se.example.prov://in";
  const app = await world.register({ redirect_uris: own });
  for (const button of ["Tillåt", "Neka"]) {
    const { page, complaints } = await signedInPage(browser);
    await page.goto(addressOf(app, own));
    if (button === "Tillåt") await page.getByRole("radio", { name: "Kommunchefen" }).check();
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    // What opens the app fails here, as there is none; the policy would have spoken before that.
    const opened = page.waitForEvent("requestfailed");
    await page.getByRole("button", { name: button }).click();
    const answer = await answered;
    assert.equal(answer.status(), 303);
    const expected =
      button === "Neka"
        ? /^se\.example\.prov:\/\/in\?error=access_denied/
        : /^se\.example\.prov:\/\/in\?code=/;
    assert.match((await answer.headerValue("location")) ?? "", expected);
    await opened;
    assert.deepEqual(complaints, []);
    await page.context().close();
  }
});

test("a form that is sent without an account comes back and says so; a code by hand is read on the page", async () => {
  const app = await world.register({ redirect_uris: "urn:ietf:wg:oauth:2.0:oob" });
  const { page } = await signedInPage(browser);
  await page.goto(addressOf(app, "urn:ietf:wg:oauth:2.0:oob", { lang: "en" }));
  await page.getByRole("heading", { name: "Let Provapp use your account?" }).waitFor();
  await page.evaluate("document.querySelector('form').noValidate = true");
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByRole("link", { name: "Choose which account" }).waitFor();
  await goodByKeyboard(page, "the error");
  await page.getByRole("radio", { name: "Kommunchefen" }).check();
  await page.getByRole("button", { name: "Allow" }).click();
  assert.match((await page.locator("#code").textContent()) ?? "", /^[\w-]{43}$/);
  assert.deepEqual(await axeViolations(page), []);
  await page.context().close();
});

test("an app that opens a window of its own for this keeps hold of it, also past the door", async () => {
  const inWindow = callback.replace("/callback", "/in-window");
  const app = await world.register({ redirect_uris: inWindow });
  const { page } = await signedInPage(browser);
  await page.goto(callback.replace("/callback", "/program"));
  await page.evaluate("document.title = 'Ute'");
  const open = async (more: Record<string, string>): Promise<Page> => {
    const [shown] = await Promise.all([
      page.context().waitForEvent("page"),
      page.evaluate(`shown = open(${JSON.stringify(addressOf(app, inWindow, more))}, "_blank", "popup"), 0`),
    ]);
    return shown;
  };
  const door = await open({ force_login: "true" });
  await door.waitForURL("**/sign-in?**");
  assert.equal(await page.evaluate("shown.closed"), false);
  await door.close();
  const shown = await open({});
  await shown.getByRole("radio", { name: "Kommunchefen" }).check();
  assert.equal(await page.evaluate("shown.closed"), false);
  await shown.getByRole("button", { name: "Tillåt" }).click();
  await waitFor(async () => (await page.title()) === "Inne", { what: "the app's own page" });
  await page.context().close();
});

async function signedInPage(of: Browser): Promise<{ page: Page; complaints: string[] }> {
  const context = await of.newContext({ locale: "sv-SE" });
  const { name, value } = await world.signIn();
  await context.addCookies([{ name, value, url: world.origin }]);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy|form-action/i.test(message.text())) complaints.push(message.text());
  });
  return { page, complaints };
}

function addressOf(app: Registered, redirectUri: string, more: Record<string, string> = {}): string {
  const asked = {
    response_type: "code",
    client_id: app.client_id,
    redirect_uri: redirectUri,
    scope: "read write",
    ...more,
  };
  return `${world.origin}/oauth/authorize?${new URLSearchParams(asked).toString()}`;
}
