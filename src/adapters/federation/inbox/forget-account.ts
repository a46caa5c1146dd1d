import { findAccount } from "#domain/accounts/account.ts";
import { receiveDelete } from "#domain/posts/receive-change.ts";
import { postsOfAccount } from "#domain/posts/read-posts.ts";
import type { AccountId } from "#domain/accounts/account.ts";
import type { Services, Site } from "#context.ts";

/** An account is gone where it lived: what it said leaves every public surface, a hundred posts at a time. */
export async function forgetAccount(services: Services, site: Site, id: AccountId): Promise<void> {
  const authority = site.authority.id;
  for (let more = true; more;)
    more = await services.db.as(authority, async (tx) => {
      const account = await findAccount(tx, authority, id);
      if (!account?.uri || !account.goneAt) return false;
      const posts = await postsOfAccount(
        tx,
        authority,
        id,
        { kind: "staff", accounts: [id] },
        { limit: 100 },
      );
      for (const { uri } of posts)
        if (uri)
          await receiveDelete(
            tx,
            authority,
            { network: account.network, uri, author: id, authorUri: account.uri, entry: null },
            services.clock(),
          );
      return posts.length === 100;
    });
}
