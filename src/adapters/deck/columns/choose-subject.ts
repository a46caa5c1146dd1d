import type { Services } from "#context.ts";
import { accountsByHandle } from "#domain/accounts/account.ts";
import type { ColumnKind, Subject } from "#domain/decks/deck.ts";
import { findPost, findPostByUri } from "#domain/posts/read-posts.ts";
import { findList } from "#domain/relationships/lists.ts";
import { queryTerms } from "#domain/search/words.ts";
import { parseId } from "#platform/id.ts";
import { accountIds, viewerOf, type Seat } from "../seat.ts";
import { columnPageWords } from "./page-words.ts";

export type Chosen = { subject: Subject } | { error: { id: string; message: string } };

/** What a form says that a column of a kind is to be about, or what is wrong with it. */
export async function chooseSubject(
  services: Pick<Services, "db" | "lookUpAccount">,
  seat: Seat,
  kind: ColumnKind,
  said: (name: string) => string,
): Promise<Chosen> {
  const { errors } = columnPageWords[seat.language];
  const wrong = (id: string, message: string): Chosen => ({ error: { id, message } });
  switch (kind) {
    case "account": {
      if (said("about") === "") return { subject: {} };
      const account = seat.accounts.find((one) => one.id === said("about"));
      return account ? { subject: { account: account.id } } : wrong("about", errors.account);
    }
    case "list": {
      const id = parseId<"list">(said("list"));
      const { authority } = seat.site;
      const list =
        id &&
        (await services.db.read(authority.id, (tx) => findList(tx, authority.id, id, accountIds(seat))));
      return list ? { subject: { list: list.id } } : wrong("list", errors.list);
    }
    case "tag": {
      const tags = [
        ...new Set(
          said("tags")
            .toLowerCase()
            .split(/[\s,;]+/u)
            .map(bareTag)
            .filter(Boolean),
        ),
      ];
      return tags.length > 0 ? { subject: { tags: tags.slice(0, 20) } } : wrong("tags", errors.tags);
    }
    case "search": {
      const query = said("query").trim().slice(0, 300);
      return queryTerms(query).length > 0 ? { subject: { query } } : wrong("query", errors.query);
    }
    case "person":
      return choosePerson(services, seat, said("person").trim());
    case "thread": {
      const post = await findShownPost(services, seat, said("post").trim());
      return post ? { subject: { post } } : wrong("post", errors.post);
    }
    case "inbox":
    case "home":
    case "drafts":
    case "notifications":
      return { subject: {} };
  }
}

function bareTag(text: string): string {
  return text.normalize("NFC").replace(/^#+/u, "").slice(0, 100);
}

async function choosePerson(
  services: Pick<Services, "db" | "lookUpAccount">,
  seat: Seat,
  handle: string,
): Promise<Chosen> {
  const { errors } = columnPageWords[seat.language];
  const wrong = (message: string): Chosen => ({ error: { id: "person", message } });
  if (!/^@?[\w.-]+@[\w.:-]+$/u.test(handle)) return wrong(errors.personMissing);
  const { authority } = seat.site;
  const known = await services.db.read(authority.id, (tx) => accountsByHandle(tx, authority, [handle]));
  const account = known.get(handle.toLowerCase()) ?? (await services.lookUpAccount(authority, handle));
  return account ? { subject: { account: account.id } } : wrong(errors.person(handle));
}

/** A post by its address: a page here or in the deck ends with its id, elsewhere it is known by its name. */
async function findShownPost(
  services: Pick<Services, "db">,
  seat: Seat,
  address: string,
): Promise<string | undefined> {
  const authority = seat.site.authority.id;
  return services.db.read(authority, async (tx) => {
    const foreign = address.startsWith("http") && !address.startsWith(`${seat.site.origin}/`);
    const known = foreign ? await findPostByUri(tx, authority, "fediverse", address) : undefined;
    const id = known?.id ?? (foreign ? undefined : parseId<"post">(/(\d{18,19})\/?$/.exec(address)?.[1]));
    return id && (await findPost(tx, authority, id, viewerOf(seat)))?.id;
  });
}
