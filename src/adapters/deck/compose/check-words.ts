import { defineWords } from "#platform/i18n.ts";

/** What the checks say. A finding has a name, and says what can be done about it. */
export const checkWords = defineWords(
  {
    personalNumber: "Personnummer",
    personalNumberBody: (numbers: string, several: string) =>
      several === "1"
        ? `${numbers} ser ut som personnummer. Ta bort dem, eller ange varför de får stå.`
        : `${numbers} ser ut som ett personnummer. Ta bort det, eller ange varför det får stå.`,
    personalNumberReason: "Varför får personnumret stå?",
    alternativeText: "Bildbeskrivning saknas",
    alternativeTextBody: (count: string) =>
      count === "1"
        ? "Beskriv bilden för den som inte ser den, eller ange varför den saknar beskrivning."
        : `${count} bilder saknar beskrivning. Beskriv dem, eller ange varför de saknar det.`,
    alternativeTextReason: "Varför saknas beskrivningen?",
    reasonHint: "Skälet sparas i journalen. Det visas inte för läsarna.",
    contact: "Privat kontaktuppgift?",
    contactBody: (details: string) =>
      `${details} ser ut att höra till en privatperson. Får uppgiften spridas?`,
    longSentences: "Lång mening",
    longSentencesMany: "Långa meningar",
    longSentencesBody: (sentences: string) => `Dela gärna upp: ${sentences}`,
    links: "Länken svarar inte",
    linksBody: (urls: string) => `${urls}. Kontrollera adressen.`,
    time: "Ovanlig tid",
    timeHoliday: (name: string) => `Det är ${name}. Är det någon där som kan svara?`,
    timeWeekend: "Det är helg. Är det någon där som kan svara?",
    timeNight: (time: string) => `Klockan är ${time}. Är det någon där som kan svara?`,
    timeHolidayPlanned: (name: string) => `Den valda dagen är ${name}. Är det någon där som kan svara?`,
    timeWeekendPlanned: "Den valda dagen är i en helg. Är det någon där som kan svara?",
    timeNightPlanned: (time: string) => `Den valda tiden är klockan ${time}. Är det någon där som kan svara?`,
    lix: (value: string, band: string) => `LIX ${value}, ${band}`,
    bands: {
      "very-easy": "mycket lätt",
      easy: "lätt",
      medium: "medelsvår",
      hard: "svår",
      "very-hard": "mycket svår",
    },
    characters: (count: string) => `${count} tecken`,
    charactersOf: (count: string, max: string) => `${count} av högst ${max} tecken`,
    parts: (count: string) => `Blir en tråd i ${count} delar`,
    part: (number: string, count: string) => `Del ${number} av ${count}`,
    split: "Dela upp texten i en tråd",
    splitHint: "En egen rad med --- bestämmer var texten delas.",
    findings: "Kontroll av texten",
    facts: "Om texten",
  },
  {
    personalNumber: "Personal number",
    personalNumberBody: (numbers, several) =>
      several === "1"
        ? `${numbers} look like Swedish personal numbers. Remove them, or say why they may stand.`
        : `${numbers} looks like a Swedish personal number. Remove it, or say why it may stand.`,
    personalNumberReason: "Why may the personal number stand?",
    alternativeText: "Picture without description",
    alternativeTextBody: (count) =>
      count === "1"
        ? "Describe the picture for those who do not see it, or say why it has no description."
        : `${count} pictures have no description. Describe them, or say why they have none.`,
    alternativeTextReason: "Why is there no description?",
    reasonHint: "The reason is kept in the journal. Readers do not see it.",
    contact: "Private contact details?",
    contactBody: (details) => `${details} seems to belong to a private person. May it be spread?`,
    longSentences: "Long sentence",
    longSentencesMany: "Long sentences",
    longSentencesBody: (sentences) => `Consider dividing: ${sentences}`,
    links: "The link does not answer",
    linksBody: (urls) => `${urls}. Check the address.`,
    time: "Unusual time",
    timeHoliday: (name) => `It is ${name}. Is somebody there to answer?`,
    timeWeekend: "It is weekend. Is somebody there to answer?",
    timeNight: (time) => `It is ${time}. Is somebody there to answer?`,
    timeHolidayPlanned: (name) => `The chosen day is ${name}. Is somebody there to answer?`,
    timeWeekendPlanned: "The chosen day is in a weekend. Is somebody there to answer?",
    timeNightPlanned: (time) => `The chosen time is ${time}. Is somebody there to answer?`,
    lix: (value, band) => `LIX ${value}, ${band}`,
    bands: {
      "very-easy": "very easy",
      easy: "easy",
      medium: "medium",
      hard: "hard",
      "very-hard": "very hard",
    },
    characters: (count) => `${count} characters`,
    charactersOf: (count, max) => `${count} of at most ${max} characters`,
    parts: (count) => `Becomes a thread in ${count} parts`,
    part: (number, count) => `Part ${number} of ${count}`,
    split: "Split the text into a thread",
    splitHint: "A line of its own with --- says where the text is split.",
    findings: "Checks of the text",
    facts: "About the text",
  },
);
