import { accountsByHandle, isOwn, type Account } from "#domain/accounts/account.ts";
import type { Authority } from "#domain/authorities/authority.ts";
import { collectMentions, type Block } from "#domain/text/blocks.ts";
import { blocksFromMarkdown } from "#domain/text/from-markdown.ts";
import { blocksFromPlain } from "#domain/text/from-plain.ts";
import type { Transaction } from "#platform/database.ts";
import type { Draft } from "./post.ts";

/** Turns what was typed into blocks, with mentions of known accounts linked; unknown ones stay text. */
export async function writeBody(
  tx: Transaction,
  authority: Authority,
  draft: Pick<Draft, "sourceType" | "source">,
): Promise<{ blocks: Block[]; mentioned: Account[] }> {
  const accounts = await accountsByHandle(tx, authority, handlesIn(draft));
  const resolveMention = (handle: string) => {
    const account = accounts.get(handle.toLowerCase());
    return account && { href: profileHref(account), account: account.id };
  };
  const blocks = parse(draft, resolveMention);
  const mentioned = collectMentions(blocks).flatMap(
    (mention) => accounts.get(mention.handle.toLowerCase()) ?? [],
  );
  return { blocks, mentioned: [...new Map(mentioned.map((account) => [account.id, account])).values()] };
}

/** Handles that a text mentions, known or not, so that unknown ones can be looked up before it is published. */
export function handlesIn(draft: Pick<Draft, "sourceType" | "source">): string[] {
  const handles: string[] = [];
  parse(draft, (handle) => {
    handles.push(handle);
    return { href: "#" };
  });
  return [...new Set(handles)];
}

function parse(
  draft: Pick<Draft, "sourceType" | "source">,
  resolveMention: (handle: string) => { href: string; account?: string } | undefined,
): Block[] {
  return draft.sourceType === "markdown"
    ? blocksFromMarkdown(draft.source, { resolveMention })
    : blocksFromPlain(draft.source, { resolveMention });
}

function profileHref(account: Account): string {
  return isOwn(account) ? `/@${account.handle}` : (account.url ?? account.uri ?? "");
}
