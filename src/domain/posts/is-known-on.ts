import type { AuthorityId } from "#domain/authorities/authority.ts";
import type { Transaction } from "#platform/database.ts";
import type { PostId } from "./post.ts";
import { anyone, visibleTo } from "./visible-to.ts";

/** Can somebody on a server have a post before them: because anyone can, or because it was said by or to them? */
export async function isKnownOn(
  tx: Transaction,
  authority: AuthorityId,
  post: PostId,
  domain: string,
): Promise<boolean> {
  const [row] = await tx`
    select from post where post.authority = ${authority} and post.id = ${post} and (
      ${visibleTo(tx, authority, anyone)}
      or exists (select from account where account.authority = ${authority} and account.domain = ${domain} and account.uri is not null
        and (account.id = post.account
          or account.id in (select account from post_mention where post_mention.authority = ${authority} and post_mention.post = post.id)
          or (post.visibility = 'followers' and account.id in (select follower from follow
            where follow.authority = ${authority} and follow.followed = post.account and follow.state = 'accepted')))))`;
  return row !== undefined;
}
