import type { RemoteActor, RemoteServer } from "#test/remote-server.ts";

export type Traffic = {
  /** Each kind of load by itself. */
  loads: Record<string, () => Promise<void>>;
  /** What a municipality has in a day, hour by hour: returns what that was. */
  day(): Promise<string>;
};

const atOnce = 8;
const hours = 24;
const perHour = { pages: 200, asked: 60, replies: 15, posts: 1 };

/** What a day brings, as fast as it is answered. Pages are read between writes, so that they are made anew. */
export async function fastDay(to: { origin: string; token: string; remote: RemoteServer }): Promise<Traffic> {
  const { origin, token, remote } = to;
  const authorization = `Bearer ${token}`;
  const posts: { id: string; uri: string }[] = [];
  let serial = 0;
  const actors: RemoteActor[] = [];
  for (let n = 0; n < 50; n++) actors.push(await remote.actor(`granne${n}`));

  const write = async () => {
    const answer = await answered(`${origin}/api/v1/statuses`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({ status: `Fråga nummer ${++serial} från torget. Vad tycker ni?` }),
    });
    const { id, uri } = JSON.parse(answer) as { id: string; uri: string };
    posts.push({ id, uri });
  };
  const page = async (n: number) => {
    const post = posts[n % posts.length]?.id ?? "";
    const paths = ["/", "/@exempelkommun", `/@exempelkommun/${post}`, "/feed.atom", "/sitemap.xml"];
    await answered(origin + (paths[n % paths.length] ?? "/"), {});
  };
  const ask = async (n: number) => {
    const paths = ["timelines/home", "notifications", `statuses/${posts[n % posts.length]?.id}/context`];
    await answered(`${origin}/api/v1/${paths[n % paths.length]}`, { headers: { authorization } });
  };
  const reply = async (n: number) => {
    const as = actors[n % actors.length];
    const parent = posts[n % posts.length];
    if (!as || !parent) throw new Error("there is nobody to answer, or nothing");
    const id = `${remote.origin}/notes/${++serial}`;
    const audience = { to: ["https://www.w3.org/ns/activitystreams#Public"] };
    const object = {
      id,
      type: "Note",
      attributedTo: as.uri,
      inReplyTo: parent.uri,
      content: `<p>Svar ${serial}</p>`,
    };
    const activity = {
      id: `${id}#create`,
      type: "Create",
      actor: as.uri,
      object: { ...object, ...audience },
      ...audience,
    };
    const answer = await remote.post(`${origin}/ap/inbox`, activity, { as });
    await answer.body?.cancel();
    if (answer.status !== 202) throw new Error(`a reply was answered ${answer.status}`);
  };
  for (let n = 0; n < 10; n++) await write();
  return {
    loads: {
      pages: () => together(8_000, page),
      apps: () => together(4_000, ask),
      inbox: () => together(1_500, reply),
    },
    async day() {
      for (let hour = 0; hour < hours; hour++) {
        const all = [
          together(perHour.replies, reply),
          together(perHour.pages, page),
          together(perHour.asked, ask),
          together(perHour.posts, write),
        ];
        await Promise.all(all);
      }
      const said = Object.entries(perHour).map(([what, count]) => `${count * hours} ${what}`);
      return `${said.join(", ")} a day`;
    },
  };
}

async function together(count: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const one = async () => {
    for (let n = next++; n < count; n = next++) await work(n);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

async function answered(url: string, init: RequestInit): Promise<string> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 200)}`);
  return text;
}
