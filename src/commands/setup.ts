import { newKeyPair } from "#domain/accounts/new-key-pair.ts";
import { linkMinutes } from "#domain/people/sign-in-link.ts";
import { languages, type Language } from "#platform/i18n.ts";
import { fullHandle, siteOf } from "#context.ts";
import { setUpAuthority, type SetUp } from "#set-up-authority.ts";
import { CommandError, UsageError, type Command } from "./command.ts";
import { signInLink } from "./sign-in-link.ts";
import { withStore } from "./with-store.ts";

export const setup: Command = {
  summary: "Set up an authority: its rules, its first account and its first administrator.",
  arguments: [],
  flags: {
    authority: { value: "NAME", help: 'The authority\'s name, as in "Exempelkommun".', required: true },
    municipality: { value: "CODE", help: "Four digits; 0000 for an example.", required: true },
    admin: {
      value: "EMAIL",
      help: "The first administrator's address; also the public contact until changed in the settings.",
      required: true,
    },
    name: { value: "NAME", help: "The first administrator's name; taken from the address unless told." },
    language: {
      value: "CODE",
      help: "The site's own language, sv (unless told) or en. The other is offered beside it.",
    },
    domain: { value: "HOST", help: "Host of pages and links; TORG_URL's unless told." },
    "handle-domain": { value: "HOST", help: "Host of the handles; the domain unless told." },
    account: {
      value: "HANDLE",
      help: "The first account's handle; made of the authority's name unless told.",
    },
    accent: { value: "COLOUR", help: "The authority's colour, as #0b5c5f." },
  },
  notes:
    "The domains can not be changed later: every link and handle is made of them. Several authorities may be set up, each on a domain of its own.",
  async run(call) {
    const name = call.required("authority");
    const email = call.required("admin");
    const domain = call.value("domain") ?? call.config.url.host;
    const keys = await newKeyPair();
    return withStore(call, async (db) => {
      const done = await db.system(async (tx) => {
        const done = await setUpAuthority(tx, {
          name,
          municipality: call.required("municipality"),
          languages: readLanguages(call.value("language") ?? "sv"),
          accent: readAccent(call.value("accent")),
          domain,
          handleDomain: call.value("handle-domain") ?? domain,
          account: { handle: call.value("account") ?? handleOf(name), name, kind: "authority" },
          admin: { name: call.value("name") ?? nameOf(email), email },
          keys,
        });
        if (done.outcome !== "created") throw refused(done.outcome, domain);
        return done;
      });
      const { authority, person, account } = done;
      const link = await signInLink({ config: call.config, db }, authority, person, call.clock());
      const { origin } = siteOf(call.config, authority);
      return {
        text: [
          `${authority.name} is set up at ${origin}, with the account ${fullHandle(account)}.`,
          `${person.name} signs in once within ${linkMinutes} minutes with:`,
          `  ${link}`,
          `A new link: npm run torg -- sign-in ${person.email}`,
        ].join("\n"),
        json: {
          authority: authority.id,
          url: origin,
          account: fullHandle(account),
          admin: person.email,
          link,
        },
      };
    });
  },
};

/** "Västra Å-kommun" → vastra_akommun: what handles elsewhere can hold. */
export function handleOf(name: string): string {
  const plain = name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return plain
    .replaceAll(/\s+/g, "_")
    .replaceAll(/[^a-z0-9_]/g, "")
    .slice(0, 30);
}

/** anna.berg@example.se → Anna Berg. */
function nameOf(email: string): string {
  const words = (email.split("@")[0] ?? "").split(/[._-]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}

function readLanguages(first: string): Language[] {
  if (languages.some((language) => language === first))
    return languages.toSorted((a, b) => Number(b === first) - Number(a === first));
  throw new UsageError(`--language is sv or en, not "${first}". Nothing was done.`);
}

function readAccent(text: string | undefined): string | undefined {
  if (text === undefined || /^#[0-9a-f]{6}$/i.test(text)) return text?.toLowerCase();
  throw new UsageError(`--accent is a colour as #0b5c5f, not "${text}". Nothing was done.`);
}

function refused(outcome: Exclude<SetUp["outcome"], "created">, domain: string): CommandError {
  const words = {
    "name-missing": "The authority's name is empty.",
    "bad-municipality": "--municipality is four digits.",
    "bad-domain": `${domain} is no host name, as torg.exempelkommun.se or localhost:3000 is.`,
    "bad-handle-domain": "--handle-domain is no host name.",
    "domain-taken": `Another authority answers at ${domain} already, and was left as it is. Give this one a --domain of its own.`,
    "bad-handle":
      "The first account's handle may hold a to z, digits and _, at most 30: choose one with --account.",
    "admin-missing": "The administrator's name is empty.",
    "bad-email": "--admin is no e-mail address.",
  }[outcome];
  return new CommandError(outcome, `${words} Nothing was done.`);
}
