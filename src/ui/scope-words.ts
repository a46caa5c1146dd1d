import { defineWords, type Language } from "#platform/i18n.ts";

/** What an app may do, a sentence for each of its scopes; a part is left out where the whole is said. */
export function scopesInWords(scopes: readonly string[], language: Language): string[] {
  const said: Readonly<Record<string, string>> = words[language];
  return scopes
    .filter((scope) => !isWithin(scope, scopes))
    .map((scope) => (Object.hasOwn(said, scope) ? (said[scope] ?? scope) : scope));
}

function isWithin(scope: string, scopes: readonly string[]): boolean {
  const [whole = ""] = scope.split(":");
  if (scope === "profile") return scopes.includes("read") || scopes.includes("read:accounts");
  return whole !== scope && scopes.includes(whole);
}

const words = defineWords(
  {
    profile: "Veta vilket konto det är: namn, användarnamn och bild",
    read: "Läsa allt som kontot ser: flöden, direktmeddelanden, notiser, listor, bokmärken, filter och sökningar",
    "read:accounts": "Läsa kontots profil och andras",
    "read:blocks": "Se vilka som är blockerade",
    "read:bookmarks": "Läsa kontots bokmärken",
    "read:favourites": "Se vilka inlägg kontot har gillat",
    "read:filters": "Läsa kontots filter",
    "read:follows": "Se vilka kontot följer och vilka som vill följa det",
    "read:lists": "Läsa kontots listor",
    "read:mutes": "Se vilka kontot har tystat",
    "read:notifications": "Läsa kontots notiser",
    "read:search": "Söka med kontot",
    "read:statuses": "Läsa kontots flöden och alla inlägg som kontot får se, även direktmeddelanden",
    write:
      "Göra allt som kontot kan: publicera, ändra och ta bort inlägg, lägga upp bilder, följa och tysta, ändra profil, listor och filter",
    "write:accounts": "Ändra kontots profil",
    "write:blocks": "Be om att konton blockeras, och dölja domäner",
    "write:bookmarks": "Lägga till och ta bort bokmärken",
    "write:conversations": "Markera direktmeddelanden som lästa och ta bort dem ur listan",
    "write:favourites": "Gilla inlägg",
    "write:filters": "Ändra kontots filter",
    "write:follows": "Följa och sluta följa",
    "write:lists": "Ändra kontots listor",
    "write:media": "Lägga upp bilder",
    "write:mutes": "Tysta andra konton och samtal",
    "write:notifications": "Rensa kontots notiser",
    "write:reports": "Anmäla inlägg och konton",
    "write:statuses": "Publicera, ändra och ta bort inlägg i kontots namn",
    follow:
      "Följa, tysta och blockera andra konton, och se vilka kontot redan följer, har tystat eller blockerat",
    push: "Skicka notiser till din enhet",
  },
  {
    profile: "Know which account it is: name, username and picture",
    read: "Read all that the account sees: timelines, direct messages, notifications, lists, bookmarks, filters and searches",
    "read:accounts": "Read the account's profile and those of others",
    "read:blocks": "See who is blocked",
    "read:bookmarks": "Read the account's bookmarks",
    "read:favourites": "See which posts the account has liked",
    "read:filters": "Read the account's filters",
    "read:follows": "See whom the account follows and who wants to follow it",
    "read:lists": "Read the account's lists",
    "read:mutes": "See whom the account has muted",
    "read:notifications": "Read the account's notifications",
    "read:search": "Search with the account",
    "read:statuses": "Read the account's timelines and all posts that it may see, direct messages too",
    write:
      "Do all that the account can: publish, edit and delete posts, upload pictures, follow and mute, change its profile, lists and filters",
    "write:accounts": "Change the account's profile",
    "write:blocks": "Ask for accounts to be blocked, and hide domains",
    "write:bookmarks": "Add and remove bookmarks",
    "write:conversations": "Mark direct messages as read, and remove them from the list",
    "write:favourites": "Like posts",
    "write:filters": "Change the account's filters",
    "write:follows": "Follow and unfollow",
    "write:lists": "Change the account's lists",
    "write:media": "Upload pictures",
    "write:mutes": "Mute other accounts and conversations",
    "write:notifications": "Clear the account's notifications",
    "write:reports": "Report posts and accounts",
    "write:statuses": "Publish, edit and delete posts in the account's name",
    follow:
      "Follow, mute and block other accounts, and see whom the account already follows, has muted or blocked",
    push: "Send notifications to your device",
  },
);
