import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Rooms from the highest to the lowest: each imports only rooms listed below it, and SQL names only their tables. */
const rooms = [
  "decks",
  "care",
  "notifications",
  "timelines",
  "drafts",
  "search",
  "deliveries",
  "moderation",
  "posts",
  "checks",
  "relationships",
  "accounts",
  "text",
  "media",
  "people",
  "authorities",
  "journal",
];

/** Whose table it is. A table that is not here is unknown to everyone. */
const tables: Record<string, string> = {
  journal: "journal",
  journal_payload: "journal",
  journal_head: "journal",
  subscription: "journal",
  subscription_failure: "journal",
  rate_limit: "platform",
  migration: "platform",
  authority: "authorities",
  set_up_link: "authorities",
  person: "people",
  sign_in_link: "people",
  session: "people",
  media: "media",
  account: "accounts",
  account_key: "accounts",
  account_grant: "accounts",
  access_token: "accounts",
  oauth_app: "accounts",
  oauth_code: "accounts",
  mute: "relationships",
  account_note: "relationships",
  tag_follow: "relationships",
  bookmark: "posts",
  pin: "posts",
  thread_mute: "posts",
  filter: "timelines",
  filter_keyword: "timelines",
  filter_status: "timelines",
  marker: "timelines",
  conversation_place: "timelines",
  account_count: "timelines",
  push_key: "notifications",
  push_subscription: "notifications",
  follow: "relationships",
  block: "relationships",
  blocked_by: "relationships",
  post: "posts",
  post_version: "posts",
  post_mention: "posts",
  post_tag: "posts",
  addressed: "posts",
  post_tombstone: "posts",
  publish_key: "posts",
  boost: "posts",
  favourite: "posts",
  rule: "moderation",
  report: "moderation",
  decision: "moderation",
  outgoing: "deliveries",
  delivery: "deliveries",
  peer: "deliveries",
  post_search: "search",
  draft: "drafts",
  approval_bypass: "drafts",
  post_words: "search",
  list: "relationships",
  list_member: "relationships",
  deck: "decks",
  deck_column: "decks",
  deck_place: "decks",
  notification: "notifications",
  notification_reader: "notifications",
  care: "care",
  care_tag: "care",
  care_note: "care",
  care_answer: "care",
  care_setting: "care",
  office_hours: "care",
  closed_day: "care",
  care_target: "care",
  account_care: "care",
  account_contact: "care",
  absence: "care",
  canned_answer: "care",
  concern_decision: "care",
  activity_seen: "federation",
};

type Source = { path: string; text: string; imports: string[] };

const sources = listFiles("src").concat(listFiles("bin")).map(readSource);
const product = sources.filter((source) => !/\.(test|db\.test)\.ts$/.test(source.path));

test("a room imports only rooms below it, and no adapter", () => {
  const wrong = product.flatMap((source) =>
    source.imports.flatMap((target) => {
      const from = roomOf(source.path);
      const to = roomOf(target);
      if (from === undefined) return [];
      if (target.startsWith("src/adapters/") || target.startsWith("src/ui/"))
        return [`${source.path} → ${target}`];
      return to !== undefined && rooms.indexOf(to) < rooms.indexOf(from)
        ? [`${source.path} → ${target}`]
        : [];
    }),
  );
  assert.deepEqual(wrong, []);
});

test("the rooms that exist are the rooms that are listed, in the code and in ARCHITECTURE.md", () => {
  const found = readdirSync(join(root, "src/domain")).toSorted();
  assert.deepEqual(found, rooms.toSorted());
  const described = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
  const places = [...described.matchAll(/^ {4,}([a-z-]+)\/ /gm)].map((match) => match[1]);
  for (const room of rooms) assert.ok(places.includes(room), `ARCHITECTURE.md does not list ${room}/`);
});

test("every place that ARCHITECTURE.md names exists", () => {
  const described = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
  const named = [
    ...described.matchAll(/`((?:src|bin|migrations|client|test|docs|bench|scripts)\/[\w./-]*)`/g),
  ].map((match) => match[1] ?? "");
  const missing = named.filter((path) => !exists(path));
  assert.deepEqual(missing, []);
});

test("adapters never import each other", () => {
  const wrong = product.flatMap((source) =>
    source.imports
      .filter(
        (target) =>
          adapterOf(source.path) && adapterOf(target) && adapterOf(source.path) !== adapterOf(target),
      )
      .map((target) => `${source.path} → ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test("platform knows nothing of the product", () => {
  const wrong = product
    .filter((source) => source.path.startsWith("src/platform/"))
    .flatMap((source) =>
      source.imports
        .filter((target) => !target.startsWith("src/platform/"))
        .map((target) => `${source.path} → ${target}`),
    );
  assert.deepEqual(wrong, []);
});

test("no file outside config.ts reads the environment", () => {
  assert.deepEqual(filesWith(/process\.env\b/, ["src/config.ts"]), []);
});

test("no file outside platform/ opens a socket or reads the clock", () => {
  const allowed = ["src/platform/", "src/start.ts"];
  assert.deepEqual(
    filesWith(/^import (?!type).*from "(node:)?(net|http|https|tls|dgram|undici|postgres)"/m, allowed),
    [],
  );
  assert.deepEqual(filesWith(/Date\.now\(|new Date\(\)|Temporal\.Now\b/, allowed), []);
  const ambientFetch = filesWith(/(?<![.\w])fetch\(/, allowed);
  assert.deepEqual(
    ambientFetch.filter((path) => !/\bfetch: SafeFetch\b/.test(textOf(path))),
    [],
  );
});

test("no barrels, no default exports, no utils, helpers or common", () => {
  assert.deepEqual(filesWith(/^export default/m, []), []);
  assert.deepEqual(filesWith(/^export (\*|\{[^}]*\}) from/m, []), []);
  assert.deepEqual(
    sources
      .filter((source) => /\/(utils?|helpers?|common|types|index)(\.ts|\/)/.test(source.path))
      .map((source) => source.path),
    [],
  );
});

test("nothing but what is named here works for the system instead of one authority", () => {
  const found = filesWith(/\.system\(|'torg\.authority', '0'/, ["src/platform/database.ts"]);
  assert.deepEqual(found, systemWork);
});

test("SQL names only tables of its own room and of rooms below", () => {
  const wrong = product.flatMap((source) => {
    const from = roomOf(source.path);
    return tablesIn(source.text).flatMap((table) => {
      const owner = tables[table];
      if (owner === undefined) return [`${source.path} names ${table}, which is nobody's`];
      if (from === undefined || owner === "platform") return [];
      return rooms.indexOf(owner) < rooms.indexOf(from) ? [`${source.path} names ${table} of ${owner}/`] : [];
    });
  });
  assert.deepEqual(wrong, []);
});

test("who may see a post is decided in one place", () => {
  const found = filesWith(/visibility in \('public', 'unlisted'\)|hidden_at is null(?!\))/, [
    "src/domain/posts/visible-to.ts",
  ]);
  assert.deepEqual(found, []);
});

/** Sequencer, followers, sweeps and backup work for all; host look-up, health and commands come before any authority is known. */
const systemWork = [
  "src/adapters/deck/drafts/jobs.ts",
  "src/adapters/deck/set-up.ts",
  "src/adapters/federation/deliver-jobs.ts",
  "src/adapters/federation/inbox/jobs.ts",
  "src/app.ts",
  "src/backup/restore-backup.ts",
  "src/backup/write-backup.ts",
  "src/commands/demo.ts",
  "src/commands/doors.ts",
  "src/commands/failures.ts",
  "src/commands/migrate.ts",
  "src/commands/setup.ts",
  "src/commands/with-store.ts",
  "src/demo/fill-example.ts",
  "src/domain/journal/follow-journal.ts",
  "src/domain/journal/sequencer.ts",
  "src/domain/journal/subscription-reader.ts",
  "src/frame.ts",
  "src/operations.ts",
  "src/own-hosts.ts",
];

function readSource(path: string): Source {
  const text = readFileSync(join(root, path), "utf8");
  const imports = [...text.matchAll(/from "([^"]+\.ts)"|import\("([^"]+\.ts)"\)/g)].map((match) =>
    resolve(path, match[1] ?? match[2] ?? ""),
  );
  return { path, text, imports };
}

function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith("#")) return normalize(join(dirname(from), specifier));
  const inner = specifier.slice(1);
  return inner.startsWith("test/") ? inner : `src/${inner}`;
}

function tablesIn(text: string): string[] {
  const found = [...text.matchAll(/`([^`]*\b(?:select|insert into|update|delete from)\b[^`]*)`/g)].flatMap(
    (match) => {
      const sql = (match[1] ?? "").replace(/\$\{[^}]*\}/g, "$");
      const own = new Set([...sql.matchAll(/(?:\bwith|,)\s+([a-z_]+)\s+as\b/g)].map((one) => one[1]));
      return [...sql.matchAll(/\b(?:from|join|insert into|update|delete from)\s+([a-z_]+)\b(?!\s*\()/g)]
        .map((one) => one[1] ?? "")
        .filter((name) => name in tables || (/^(?:insert into|update)/.test(name) && !own.has(name)));
    },
  );
  return [...new Set(found)];
}

function filesWith(pattern: RegExp, allowed: string[]): string[] {
  return product
    .filter(
      (source) =>
        !allowed.some((prefix) => source.path.startsWith(prefix)) &&
        pattern.test(withoutComments(source.text)),
    )
    .map((source) => source.path)
    .toSorted();
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

function listFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function exists(path: string): boolean {
  try {
    readdirSync(join(root, path));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOTDIR";
  }
}

function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function roomOf(path: string): string | undefined {
  return /^src\/domain\/([^/]+)\//.exec(path)?.[1];
}

function adapterOf(path: string): string | undefined {
  return /^src\/adapters\/([^/]+)\//.exec(path)?.[1];
}
