import type { Command } from "./command.ts";

/** Every command by its name; each is loaded when it is called, so that a small one starts fast. */
export const commands: Record<string, () => Promise<Command>> = {
  serve: async () => (await import("./serve.ts")).serve,
  work: async () => (await import("./work.ts")).work,
  demo: async () => (await import("./demo.ts")).demo,
  migrate: async () => (await import("./migrate.ts")).migrateCommand,
  setup: async () => (await import("./setup.ts")).setup,
  "account add": async () => (await import("./account-add.ts")).accountAdd,
  "account list": async () => (await import("./account-list.ts")).accountList,
  "person add": async () => (await import("./person-add.ts")).personAdd,
  "sign-in": async () => (await import("./sign-in.ts")).signIn,
  token: async () => (await import("./token.ts")).token,
  post: async () => (await import("./post.ts")).post,
  failures: async () => (await import("./failures.ts")).failures,
  backup: async () => (await import("./backup.ts")).backup,
  restore: async () => (await import("./restore.ts")).restore,
};
