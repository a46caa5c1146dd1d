import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ask } from "./whole/ask.ts";
import { crawl } from "./whole/crawl.ts";
import { fingerprint } from "./whole/fingerprint.ts";
import { createOf, openNeighbour, type Neighbour } from "./whole/neighbours.ts";
import { startRemoteServer } from "./remote-server.ts";
import { startWholeTorg } from "./whole/torg.ts";
import { fileScope } from "./file-scope.ts";

const scope = fileScope();

const torg = await startWholeTorg(scope);
const remote = await startRemoteServer();
scope.after(() => remote.stop());
const alice = await remote.actor("alice");
let a: Neighbour;
let b: Neighbour;
before(async () => {
  a = await openNeighbour(torg, remote, alice, [torg.hosts[0], "Almlund"]);
  b = await openNeighbour(torg, remote, alice, [torg.hosts[1], "Ekmark"]);
});
const pairs = (): [Neighbour, Neighbour][] => [
  [a, b],
  [b, a],
];
const at = (one: Neighbour, path: string, more: Parameters<typeof torg.ask>[2] = {}) =>
  torg.ask(one.square.authority, path, more);
const markOf = (one: Neighbour) => fingerprint(torg.db, one.square.authority.id);
const speaks = (text: string, one: Neighbour) => text.toLowerCase().includes(one.marker.toLowerCase());

for (const as of ["anybody", "staff"] as const)
  test(`${as} who follows every link of one authority meets nothing of the other`, async () => {
    for (const [here, there] of pairs()) {
      const found = await crawl(here, as);
      for (const { path, answer } of found) {
        assert.ok(answer.status < 500, `${path} answered ${answer.status}`);
        assert.ok(
          !speaks(path + answer.text + JSON.stringify(answer.headers), there),
          `${path} speaks of ${there.marker}`,
        );
        assert.ok(!answer.text.includes(there.square.authority.domain), `${path} names the other's host`);
      }
      const own = found.filter(({ answer }) => speaks(answer.text, here));
      assert.ok(
        own.length > (as === "staff" ? 40 : 25),
        `only ${own.length} of ${found.length} pages say anything`,
      );
    }
  });

test("no address of one authority finds anything of it at the other's host, whoever asks", async () => {
  for (const [here, there] of pairs()) {
    const { square, question, article, reply, quiet, picture } = here;
    const known = (await crawl(here, "staff")).map(({ path }) => path);
    const { office } = square;
    const more = [question, article, reply, quiet].flatMap((id) => [
      `/ap/posts/${id}`,
      `/ap/posts/${id}/activity`,
      `/ap/posts/${id}/replies?page=true`,
      `/posts/${id}`,
      `/deck/posts/${id}`,
      `/deck/posts/${id}/edit`,
      `/@kommunchef/${id}`,
      `/@kommunchef/${id}/history`,
      `/report?post=${id}`,
    ]);
    const accounts = ["", "/outbox?page=true", "/followers", "/following"].map(
      (rest) => `/ap/accounts/${office.id}${rest}`,
    );
    for (const path of [
      ...known,
      ...more,
      ...accounts,
      `/media/${picture}/full.webp`,
      `/deck?account=${office.id}`,
      `/search?q=${here.marker}`,
      `/tags/${here.marker}`,
    ])
      for (const headers of [
        { cookie: there.cookie },
        { cookie: here.cookie },
        { accept: "application/activity+json" },
      ] as Record<string, string>[]) {
        const answer = await ask(torg.port, there.square.authority.domain, path, { headers });
        assert.ok(answer.status < 500, `${path} answered ${answer.status}`);
        // Words that are asked for are said back.
        if (!speaks(path, here))
          assert.ok(!speaks(answer.text, here), `${path} at the other's host speaks of ${here.marker}`);
        assert.ok(!answer.text.includes(here.square.authority.domain), path);
        if (/\d{18}/.test(path) && !path.startsWith("/media") && answer.status === 200)
          assert.fail(`${path} was found at the other's host`);
      }
  }
});

test("search and tags find one's own alone", async () => {
  for (const [here, there] of pairs()) {
    const own = await at(here, `/search?q=${here.marker}`);
    assert.match(own.text, new RegExp(`/@kommunchef/${here.question}`));
    const other = await at(there, `/search?q=${here.marker}`);
    assert.ok(!other.text.includes(here.question) && !other.text.includes(here.article));
    const shared = await at(there, "/tags/simhallen");
    assert.ok(speaks(shared.text, there) && !speaks(shared.text, here));
  }
});

test("accounts, counts and discovery are each authority's own", async () => {
  for (const [here, there] of pairs()) {
    const finger = (host: string) => at(there, `/.well-known/webfinger?resource=acct:kommunchef@${host}`);
    assert.equal((await finger(here.square.authority.domain)).status, 404);
    assert.ok((await finger(there.square.authority.domain)).text.includes(there.square.office.id));
    const info = JSON.parse((await at(here, "/nodeinfo/2.1")).text) as { usage: object };
    assert.deepEqual(info.usage, { users: { total: 2 }, localPosts: 2 });
    const followers = JSON.parse(
      (await at(here, `/ap/accounts/${here.square.office.id}/followers`)).text,
    ) as { totalItems: number };
    assert.equal(followers.totalItems, 1);
  }
});

test("what reaches one authority's inbox changes nothing of the other's, whatever it speaks of", async () => {
  for (const [here, there] of pairs()) {
    const theirs = (path: string) => `http://${there.square.authority.domain}${path}`;
    const id = `${remote.origin}/notes/astray-${here.marker}`;
    const note = `${remote.origin}/notes/${there.marker}`;
    const post = theirs(`/ap/posts/${there.question}`);
    const account = theirs(`/ap/accounts/${there.square.office.id}`);
    const say = (type: string, object: unknown) => ({ id: `${id}/${type}`, type, actor: alice.uri, object });
    const before = await markOf(there);
    for (const activity of [
      createOf(id, alice, post, "Vilse"),
      say("Like", post),
      say("Announce", post),
      say("Follow", account),
      say("Undo", { id: `${note}/follow`, type: "Follow", actor: alice.uri, object: account }),
      say("Block", account),
      say("Flag", [account, post]),
      say("Update", {
        id: note,
        type: "Note",
        attributedTo: alice.uri,
        content: "Ändrat",
        updated: "2030-01-01T00:00:00Z",
      }),
      say("Delete", { id: note, type: "Tombstone" }),
    ]) {
      const answer = await remote.post(`http://${here.square.authority.domain}/ap/inbox`, activity, {
        as: alice,
      });
      assert.equal(answer.status, 202);
    }
    await torg.settled();
    assert.deepEqual(await markOf(there), before);
    assert.ok(!(await at(here, `/search?q=Vilse`)).text.includes("astray"));
  }
});

test("an inbox by its address belongs to its own host, and a request signed for one host is none at the other", async () => {
  for (const [here, there] of pairs()) {
    const before = [await markOf(here), await markOf(there)];
    const { domain } = there.square.authority;
    const activity = createOf(
      `${remote.origin}/notes/x-${here.marker}`,
      alice,
      `http://${domain}/ap/posts/${there.question}`,
      "x",
    );
    const inbox = `http://${domain}/ap/accounts/${here.square.office.id}/inbox`;
    assert.equal((await remote.post(inbox, activity, { as: alice })).status, 404);
    const elsewhere = await remote.post(`http://${domain}/ap/inbox`, activity, {
      as: alice,
      host: here.square.authority.domain,
    });
    assert.equal(elsewhere.status, 401);
    assert.deepEqual([await markOf(here), await markOf(there)], before);
  }
});

test("a live line tells of one's own authority alone", async () => {
  for (const [here, there] of pairs()) {
    const { domain } = there.square.authority;
    const end = new AbortController();
    const stream = await fetch(`http://${domain}/deck/stream`, {
      headers: { cookie: there.cookie },
      signal: end.signal,
    });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = (await reader?.read())?.value ?? "";
    await here.square.say(`Live ${here.marker}`);
    await there.square.say(`Live ${there.marker}`);
    while (!heard.includes(`Live ${there.marker}`))
      heard += (await reader?.read())?.value ?? assert.fail("the line ended");
    end.abort();
    assert.ok(!speaks(heard, here), heard);
  }
});

test("a session, a link to sign in and the ids in forms are worth nothing next door", async () => {
  await torg.settled();
  for (const [here, there] of pairs()) {
    const before = await markOf(there);
    const mine = { cookie: here.cookie };
    assert.equal((await at(there, "/deck", mine)).status, 303);
    assert.equal(
      (await at(there, "/deck/posts", { ...mine, form: { account: there.square.office.id, text: "Kapat" } }))
        .status,
      401,
    );
    const own = { cookie: there.cookie };
    const forms: [string, Record<string, string>, number][] = [
      ["/deck/posts", { account: here.square.office.id, text: "Kapat" }, 403],
      [`/deck/posts/${here.question}/delete`, { account: there.square.office.id }, 404],
      [`/deck/posts/${here.question}/boost`, { account: there.square.office.id }, 404],
      [`/deck/posts/${here.reply}/hide`, { rule: "1", reason: "x" }, 404],
      ["/deck/posts", { account: there.square.office.id, text: "x", inReplyTo: here.question }, 422],
      [
        "/deck/posts",
        { account: there.square.office.id, text: "x", media: here.picture, [`alt-${here.picture}`]: "x" },
        422,
      ],
      [`/deck/settings/people/${here.square.person}/end`, {}, 404],
      ["/report", { post: here.reply, words: "x" }, 404],
    ];
    const marks = [before, await markOf(here)];
    for (const [path, form, status] of forms)
      assert.equal((await at(there, path, { ...own, form })).status, status, path);
    assert.deepEqual([await markOf(there), await markOf(here)], marks);
  }
});

test("a host that nobody answers at gets 421, and no header but Host chooses", async () => {
  for (const host of ["unknown.test", `127.0.0.2:${torg.port}`, "localhost", `localhost.:${torg.port}`])
    for (const path of ["/", "/deck", "/ap/inbox", `/media/${a.picture}/full.webp`, "/sign-in"])
      assert.equal((await ask(torg.port, host, path)).status, 421, `${host} ${path}`);
  for (const host of [
    `x@localhost:${torg.port}`,
    `localhost:${torg.port}.`,
    `localhost:${torg.port}/`,
    "a b",
  ])
    assert.equal((await ask(torg.port, host, "/")).status, 400, host);
  assert.equal((await ask(torg.port, b.square.authority.domain.toUpperCase(), "/")).status, 200);
  const other = b.square.authority.domain;
  for (const headers of [
    { "x-forwarded-host": other },
    { forwarded: `host=${other}` },
    { "x-original-host": other },
  ] as Record<string, string>[]) {
    const answer = await ask(torg.port, a.square.authority.domain, "/", { headers });
    assert.ok(speaks(answer.text, a) && !speaks(answer.text, b));
  }
  const absolute = await ask(torg.port, a.square.authority.domain, `http://${other}/`);
  assert.ok(!speaks(absolute.text, b), "the host in the request line");
});
