import { defineWords } from "#platform/i18n.ts";

/** What a person reads in their app when Torg does not do what they asked. */
export const statusWords = defineWords(
  {
    empty: "Skriv något, eller lägg till en bild. Inget publicerades.",
    tooLong: (max: string) => `Texten får ha högst ${max} tecken. Inget publicerades.`,
    warningTooLong: (max: string) => `Innehållsvarningen får ha högst ${max} tecken. Inget publicerades.`,
    altMissing:
      "Beskriv bilden för den som inte ser den, och skicka sedan igen. Inget publicerades. Måste den sakna beskrivning, skriv inlägget i Torg och ange varför.",
    personalNumber: (numbers: string) =>
      `${numbers} ser ut som ett personnummer. Ta bort det och skicka igen. Inget publicerades. Måste det stå där, skriv inlägget i Torg och ange varför.`,
    unknownPicture: "En bild finns inte kvar, eller är inte din. Lägg till den igen. Inget publicerades.",
    pictureWaits:
      "En bild håller fortfarande på att göras i ordning. Försök igen om en stund. Inget publicerades.",
    tooManyPictures: "Ett inlägg kan ha högst fyra bilder. Inget publicerades.",
    nobodyAddressed:
      "Nämn någon, som @namn@server.se: ett inlägg till de nämnda måste ha en mottagare. Inget publicerades.",
    parentMissing: "Inlägget du svarar på finns inte längre. Inget publicerades.",
    changed: "Inlägget ändrades samtidigt av någon annan. Läs det på nytt och försök igen. Inget ändrades.",
    poll: "Omröstningar går inte att göra i Torg än. Ta bort omröstningen och skicka igen. Inget publicerades.",
    quote:
      "Citat av andras inlägg går inte att göra i Torg än. Inget publicerades; länka till inlägget i stället.",
    keyUsed:
      "Appen har redan skickat något annat med samma nyckel, eller något som har tagits tillbaka. Inget publicerades nu. Skriv det som ett nytt inlägg.",
    awaiting: (address: string) =>
      `Texten är sparad men inte publicerad: en kollega ska godkänna den först. Skicka den inte igen. Den finns på ${address}`,
    failed: (address: string) => `Det gick inte att publicera. Texten är sparad. Den finns på ${address}`,
    timePassed: "Tiden måste vara minst fem minuter fram. Inget planerades.",
    timeMissing: "Tiden går inte att läsa. Välj en annan tid. Inget planerades.",
    boostPrivate: "Det du delar kan alla se. Det går inte att dela bara med följare. Inget delades.",
    notBoosted: "Bara offentliga inlägg kan delas. Inget delades.",
    pinOther: "Bara kontots egna inlägg kan fästas överst. Inget ändrades.",
    pinPrivate: "Bara inlägg som alla kan se kan fästas överst. Inget ändrades.",
    pinsFull: (most: string) =>
      `Högst ${most} inlägg kan vara fästa överst. Inget ändrades. Lossa ett av dem först.`,
    noTranslation: "Torg översätter inte inlägg.",
    noPolls: "Torg har inga omröstningar än.",
    sensitive: "Känsligt innehåll",
    changedInApp: "Ändrat i en app, utan att någon orsak angavs.",
    notPicture:
      "Filen är ingen bild som går att läsa. Torg tar emot JPEG, PNG, WebP, GIF och AVIF, men inte film eller ljud. Inget sparades.",
    tooLarge: "Bilden är för stor. Den får vara högst 20 MB. Inget sparades.",
    descriptionTooLong: (max: string) => `Beskrivningen får ha högst ${max} tecken. Inget ändrades.`,
    inUse: "Bilden finns redan i ett inlägg. Inget ändrades. Ändra inlägget i stället.",
  },
  {
    empty: "Write something, or add a picture. Nothing was published.",
    tooLong: (max) => `The text may have at most ${max} characters. Nothing was published.`,
    warningTooLong: (max) => `The content warning may have at most ${max} characters. Nothing was published.`,
    altMissing:
      "Describe the picture for those who do not see it, then send again. Nothing was published. If it must lack a description, write the post in Torg and say why.",
    personalNumber: (numbers) =>
      `${numbers} looks like a Swedish personal number. Remove it and send again. Nothing was published. If it must stand, write the post in Torg and say why.`,
    unknownPicture: "A picture is no longer there, or is not yours. Add it again. Nothing was published.",
    pictureWaits: "A picture is still being prepared. Try again in a moment. Nothing was published.",
    tooManyPictures: "A post can have at most four pictures. Nothing was published.",
    nobodyAddressed:
      "Mention somebody, as @name@server.org: a post to those mentioned must have a recipient. Nothing was published.",
    parentMissing: "The post that you reply to is gone. Nothing was published.",
    changed:
      "Somebody else changed the post at the same time. Read it anew and try again. Nothing was changed.",
    poll: "Torg cannot make polls yet. Remove the poll and send again. Nothing was published.",
    quote: "Torg cannot quote others' posts yet. Nothing was published; link to the post instead.",
    keyUsed:
      "The app has already sent something else with the same key, or something that has been taken back. Nothing was published now. Write it as a new post.",
    awaiting: (address) =>
      `The text is kept but not published: a colleague is to approve it first. Do not send it again. It is at ${address}`,
    failed: (address) => `It could not be published. The text is kept. It is at ${address}`,
    timePassed: "The time must be at least five minutes ahead. Nothing was planned.",
    timeMissing: "The time cannot be read. Choose another time. Nothing was planned.",
    boostPrivate:
      "What you share is seen by everyone. It cannot be shared with followers alone. Nothing was shared.",
    notBoosted: "Only public posts can be shared. Nothing was shared.",
    pinOther: "Only the account's own posts can be pinned. Nothing was changed.",
    pinPrivate: "Only posts that everyone can see can be pinned. Nothing was changed.",
    pinsFull: (most) => `At most ${most} posts can be pinned. Nothing was changed. Unpin one of them first.`,
    noTranslation: "Torg does not translate posts.",
    noPolls: "Torg has no polls yet.",
    sensitive: "Sensitive content",
    changedInApp: "Changed in an app, without a reason being given.",
    notPicture:
      "The file is no picture that can be read. Torg takes JPEG, PNG, WebP, GIF and AVIF, but neither video nor sound. Nothing was kept.",
    tooLarge: "The picture is too large. It may be at most 20 MB. Nothing was kept.",
    descriptionTooLong: (max) => `The description may have at most ${max} characters. Nothing was changed.`,
    inUse: "The picture is already in a post. Nothing was changed. Edit the post instead.",
  },
);
