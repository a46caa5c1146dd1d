import { accountListSchema, accountSchema } from "./account.ts";
import { changeListSchema, changeSchema } from "./change.ts";
import { entrySchema } from "./entry.ts";
import { postListSchema, postSchema } from "./post.ts";
import { problemSchema } from "./problem.ts";
import type { Schema } from "./schema.ts";
import { conversationSchema, threadListSchema, threadSchema } from "./thread.ts";

/** Every answer's schema, written once: served by itself, in the OpenAPI document, and used by the tests. */
export const schemas = {
  entry: entrySchema,
  account: accountSchema,
  "account-list": accountListSchema,
  post: postSchema,
  "post-list": postListSchema,
  thread: threadSchema,
  "thread-list": threadListSchema,
  conversation: conversationSchema,
  change: changeSchema,
  "change-list": changeListSchema,
  problem: problemSchema,
} as const satisfies Record<string, Schema>;

export type SchemaName = keyof typeof schemas;

export const schemaNames = Object.keys(schemas) as SchemaName[];

export function isSchemaName(name: string): name is SchemaName {
  return Object.hasOwn(schemas, name);
}
