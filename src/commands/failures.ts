import { listAuthorities } from "#domain/authorities/authority.ts";
import { listFailures, retryFailures, type Failure } from "#domain/journal/subscription-failures.ts";
import type { Command } from "./command.ts";
import { withStore } from "./with-store.ts";

export const failures: Command = {
  summary: "List what could not be handled and was set aside, with the reason.",
  arguments: [],
  flags: {
    retry: { help: "Have all of it tried again, within a minute of the running Torg, else at its start." },
  },
  notes:
    "Torg itself tries again when it starts, and after a minute, ten minutes and an hour. What would undo what has\n" +
    "happened since (a Like whose sender has said something after it) is not tried again: the list says so.",
  run: (call) =>
    withStore(call, async (db) => {
      const { found, domains } = await db.system(async (tx) => {
        if (call.given("retry")) await retryFailures(tx);
        const authorities = await listAuthorities(tx);
        return {
          found: await listFailures(tx),
          domains: new Map<string, string>(authorities.map(({ id, domain }) => [id, domain])),
        };
      });
      const listed = found.map(({ authority, ...one }) => ({
        ...one,
        authority: domains.get(authority) ?? authority,
      }));
      const text = listed.length === 0 ? "Nothing is set aside." : listed.map(lineOf).join("\n");
      return { text, json: { failures: listed } };
    }),
};

function lineOf({
  name,
  number,
  authority,
  kind,
  error,
  at,
  againAt,
}: Omit<Failure, "authority"> & { authority: string }) {
  const again = againAt ? `tried again at ${againAt.toString()}` : "not tried again by itself";
  return [at, name, `entry ${number}`, kind, authority, again, error].join("  ");
}
