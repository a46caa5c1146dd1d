import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accountsByHandle } from "#domain/accounts/account.ts";
import { findAnyPost, postsOfAccount } from "#domain/posts/read-posts.ts";
import { testDatabase } from "#test/database.ts";
import { columnsIn } from "#test/deck-columns.ts";
import { startDeckSite, type DeckSite } from "#test/deck-site.ts";
import { fileScope } from "#test/file-scope.ts";

const scope = fileScope();

const { db } = await testDatabase(scope);
const site: DeckSite = await startDeckSite(scope, db, {
  lookUpAccount: (_authority, handle) =>
    db.read(site.authority.id, async (tx) =>
      (await accountsByHandle(tx, site.authority, [handle])).get(handle.toLowerCase()),
    ),
});
const anna = (await site.signIn()).header;
/** Has a session and nothing else. */
const stranger = (await site.signIn(await site.addColleague())).header;

/** Says what is missing without printing a page. */
function match(text: string, pattern: RegExp): void {
  assert.ok(pattern.test(text), `${pattern} is not there`);
}

function doesNotMatch(text: string, pattern: RegExp): void {
  assert.ok(!pattern.test(text), `${pattern} is there`);
}

/** The first column of a kind in Anna's deck. */
const columnOf = async (kind: string) => columnsIn(await (await site.ask("/deck", anna)).text())[kind];
const postOf = (id: string) =>
  site.services.db.read(site.authority.id, (tx) => findAnyPost(tx, site.authority.id, id));
const compose = (more: Record<string, string> = {}) => ({
  account: site.office.id,
  capacity: "office",
  visibility: "public",
  language: "sv",
  text: "Vi öppnar simhallen.",
  step: "publish",
  ...more,
});

describe("the door", () => {
  test("a page asks whoever is not signed in to sign in and leads back", async () => {
    const answer = await site.ask("/deck?column=home", "");
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get("location"), "/sign-in?next=%2Fdeck%3Fcolumn%3Dhome");
  });

  test("a script, a stream and a form are told 401 instead", async () => {
    const part = await fetch(`${site.origin}/deck/columns/home`, { headers: { "x-deck-part": "column" } });
    const live = await fetch(`${site.origin}/deck/stream`, { headers: { accept: "text/event-stream" } });
    const form = await site.ask("/deck/posts", "", compose());
    assert.deepEqual([part.status, live.status, form.status], [401, 401, 401]);
    await Promise.all([part.text(), live.text()]);
    match(await form.text(), /utloggad/);
  });

  test("a made-up session opens nothing", async () => {
    assert.equal((await site.ask("/deck", "torg_session=nonsense")).status, 303);
  });

  test("the deck of another account cannot be read by naming it", async () => {
    const answer = await site.ask(`/deck?account=${site.office.id}`, stranger);
    assert.equal(answer.status, 403);
  });
});

describe("columns", () => {
  test("a reply from outside stands in the inbox, our own post in home and under its account, with who sent it", async () => {
    const ours = await site.say(site.office, "Besiktningen är klar.");
    const theirs = await site.hear("Öppnar ni före påsk?", { inReplyTo: ours });
    const page = await (await site.ask(`/deck?account=${site.office.id}`, anna)).text();
    const { inbox, home, account } = columnsIn(page);
    match(page, new RegExp(`id="item-${inbox}-${theirs}"`));
    match(page, new RegExp(`id="item-${home}-${ours}"`));
    match(page, new RegExp(`id="item-${account}-${ours}"`));
    match(page, /Skickat av Anna Exempel/);
  });

  test("whoever may speak for nothing is told so, and sees no posts", async () => {
    const page = await (await site.ask("/deck", stranger)).text();
    match(page, /Du får inte tala för något konto än/);
    doesNotMatch(page, /class="item"/);
  });

  test("the deck is in English too", async () => {
    const page = await (await site.ask(`/en/deck?account=${site.office.id}`, anna)).text();
    match(page, /<html lang="en">/);
    match(page, /Inbox/);
    match(page, new RegExp(`action="/en/deck/posts\\?account=`));
    doesNotMatch(page, />Inkorg</);
  });

  test("older posts come as a fragment and as a page", async () => {
    for (let n = 0; n < 22; n++) await site.say(site.voice, `Nummer ${n}`);
    const column = await columnOf("account");
    const first = await (await site.ask(`/deck/columns/${column}?account=${site.voice.id}`, anna)).text();
    const before = /data-before="(\d+)"/.exec(first)?.[1] ?? "";
    const older = await (
      await site.ask(`/deck/columns/${column}?account=${site.voice.id}&before=${before}`, anna)
    ).text();
    match(older, /Nummer 1</);
    doesNotMatch(older, /Nummer 5</);
    const page = await (
      await site.ask(`/deck?account=${site.voice.id}&column=${column}&before=${before}`, anna)
    ).text();
    match(page, /Nummer 1</);
  });
});

describe("writing", () => {
  test("a form publishes as the account it names, and the record says who pressed the button", async () => {
    const answer = await site.ask("/deck/posts", anna, compose({ text: "Välkomna in." }));
    assert.equal(answer.status, 303);
    const [post] = await site.services.db.read(site.authority.id, (tx) =>
      postsOfAccount(tx, site.authority.id, site.office.id, { kind: "public" }, { limit: 1 }),
    );
    assert.equal(post?.source, "Välkomna in.");
    assert.equal(post?.person, site.person);
    assert.equal(post?.capacity, "office");
  });

  test("without the grant nothing is written", async () => {
    assert.equal((await site.ask("/deck/posts", stranger, compose())).status, 403);
    assert.equal((await site.ask("/deck/compose", stranger)).status, 200);
  });

  test("what cannot be published comes back as it was typed", async () => {
    const answer = await site.ask(
      "/deck/posts",
      anna,
      compose({ article: "1", title: "", text: "En **lång** text", warning: "Vatten" }),
    );
    assert.equal(answer.status, 422);
    const page = await answer.text();
    match(page, /Skriv en rubrik till artikeln/);
    match(page, /En \*\*lång\*\* text/);
    match(page, /value="Vatten"/);
  });

  test("a reply begins with those who take part, as the account it speaks to, no wider than the question", async () => {
    const theirs = await site.hear("En fråga till dig", {
      visibility: "direct",
      mentioned: [site.office.id],
    });
    const page = await (await site.ask(`/deck/posts/${theirs}/reply?account=${site.voice.id}`, anna)).text();
    match(page, /@asa@social\.test /);
    match(page, new RegExp(`<option[^>]*value="${site.office.id}"[^>]*selected`));
    match(page, /<option[^>]*value="direct"[^>]*selected/);
    const answer = await site.ask(
      "/deck/posts",
      anna,
      compose({ inReplyTo: theirs, visibility: "direct", text: "@asa@social.test Ja." }),
    );
    assert.equal(answer.status, 303);
  });

  test("an edit needs a reason and the grant", async () => {
    const ours = await site.say(site.office, "Stavfle");
    const missing = await site.ask(
      `/deck/posts/${ours}/edit`,
      anna,
      compose({ text: "Stavfel", reason: "" }),
    );
    assert.equal(missing.status, 422);
    assert.equal(
      (await site.ask(`/deck/posts/${ours}/edit`, stranger, compose({ text: "Ont", reason: "elak" }))).status,
      403,
    );
    assert.equal(
      (await site.ask(`/deck/posts/${ours}/edit`, anna, compose({ text: "Stavfel", reason: "stavning" })))
        .status,
      303,
    );
    const post = await postOf(ours);
    assert.equal(post?.source, "Stavfel");
    assert.equal(post?.reason, "stavning");
    const late = compose({ text: "Stavfel!", reason: "utrop", version: "1" });
    const answer = await site.ask(`/deck/posts/${ours}/edit`, anna, late);
    assert.equal(answer.status, 422);
    match(await answer.text(), /Inlägget har ändrats sedan du öppnade det/);
  });

  test("a picture is kept, asks for its description, and goes with the post", async () => {
    const { default: sharp } = await import("sharp");
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#0b5c5f" } })
      .png()
      .toBuffer();
    const form = new FormData();
    for (const [name, value] of Object.entries(compose({ text: "Med bild", step: "add-picture" })))
      form.set(name, value);
    form.set("file", new Blob([new Uint8Array(bytes)], { type: "image/png" }), "bild.png");
    const page = await (await site.ask("/deck/posts", anna, form)).text();
    const media = /name="media" value="(\d+)"/.exec(page)?.[1] ?? "";
    match(page, /Med bild/);
    const silent = await site.ask("/deck/posts", anna, compose({ text: "Med bild", media }));
    assert.equal(silent.status, 422);
    match(await silent.text(), /Beskriv bilden för den som inte ser den/);
    const sent = await site.ask(
      "/deck/posts",
      anna,
      compose({ text: "Med bild", media, [`alt-${media}`]: "Bassängen" }),
    );
    assert.equal(sent.status, 303);
  });
});

describe("acts", () => {
  test("boost and favourite go on and off for the granted, and for nobody else", async () => {
    const theirs = await site.hear("Bra jobbat");
    const act = (step: string, cookie: string) =>
      site.ask(`/deck/posts/${theirs}/${step}`, cookie, { account: site.office.id });
    for (const step of ["boost", "favourite", "unboost", "unfavourite"]) {
      assert.equal((await act(step, stranger)).status, 403, step);
    }
    assert.equal((await act("boost", anna)).status, 303);
    assert.equal((await act("favourite", anna)).status, 303);
    const path = `/deck/columns/${await columnOf("inbox")}?account=${site.office.id}`;
    match(await (await site.ask(path, anna)).text(), new RegExp(`${theirs}/unboost`));
    assert.equal((await act("unboost", anna)).status, 303);
    doesNotMatch(await (await site.ask(path, anna)).text(), new RegExp(`${theirs}/unboost`));
  });

  test("deleting asks first, and only the granted may", async () => {
    const ours = await site.say(site.office, "Bort med detta");
    const asking = await (await site.ask(`/deck/posts/${ours}/delete`, anna)).text();
    match(asking, /Ta bort inlägget\?/);
    doesNotMatch(asking, new RegExp(`/deck/posts/${ours}/(boost|edit|reply)`));
    assert.equal(
      (await site.ask(`/deck/posts/${ours}/delete`, stranger, { account: site.office.id })).status,
      403,
    );
    assert.equal((await postOf(ours))?.deletedAt, null);
    assert.equal(
      (await site.ask(`/deck/posts/${ours}/delete`, anna, { account: site.office.id })).status,
      303,
    );
    assert.notEqual((await postOf(ours))?.deletedAt, null);
  });

  test("a moderator hides with rule and reason, and shows again; others may not", async () => {
    const theirs = await site.hear("Något otrevligt");
    const hide = (cookie: string, body: Record<string, string>) =>
      site.ask(`/deck/posts/${theirs}/hide`, cookie, body);
    assert.equal((await hide(stranger, { rule: "2", reason: "kränkande" })).status, 403);
    assert.equal((await hide(anna, { rule: "2", reason: " " })).status, 422);
    assert.equal((await hide(anna, { rule: "", reason: "kränkande" })).status, 422);
    assert.equal((await hide(anna, { rule: "2", reason: "kränkande" })).status, 303);
    assert.notEqual((await postOf(theirs))?.hiddenAt, null);
    assert.equal(
      (await site.ask(`/deck/posts/${theirs}/unhide`, anna, { reason: "prövat igen" })).status,
      303,
    );
    assert.equal((await postOf(theirs))?.hiddenAt, null);
  });

  test("an account elsewhere is found by its handle and followed, as an account that is granted", async () => {
    assert.equal(
      (await site.ask("/deck/follow", stranger, { account: site.office.id, handle: "@asa@social.test" }))
        .status,
      403,
    );
    const unknown = await site.ask("/deck/follow", anna, {
      account: site.office.id,
      handle: "@ingen@social.test",
    });
    assert.equal(unknown.status, 422);
    match(await unknown.text(), /value="@ingen@social\.test"/);
    const asked = await site.ask("/deck/follow", anna, {
      account: site.office.id,
      handle: "@asa@social.test",
    });
    const waiting = await asked.text();
    match(waiting, /Frågan är skickad till @asa@social\.test/);
    match(waiting, /Väntar på svar[\s\S]*Ta tillbaka frågan/);
    assert.equal(
      (await site.ask("/deck/unfollow", stranger, { account: site.office.id, followed: site.asa })).status,
      403,
    );
    const undone = await site.ask("/deck/unfollow", anna, { account: site.office.id, followed: site.asa });
    const left = await undone.text();
    match(left, /Frågan till @asa@social\.test är tillbakatagen/);
    doesNotMatch(left, /Ta tillbaka frågan/);
  });

  test("a conversation shows every post of it to staff, and a direct one to nobody without the grant", async () => {
    const direct = await site.hear("Mellan oss", { visibility: "direct", mentioned: [site.office.id] });
    match(await (await site.ask(`/deck/posts/${direct}`, anna)).text(), /Mellan oss/);
    assert.equal((await site.ask(`/deck/posts/${direct}`, stranger)).status, 404);
  });
});
