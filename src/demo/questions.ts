/** What stands in the example's deck. Persons and matters are made up. */
export const questions = {
  ice: "When do you usually say that the ice is safe for skating?",
  iceAnswer:
    "When it is ten centimetres thick at all three places where we measure. In most years that is in January. We write here the same day. #isläget",
  square:
    "Apoteket på Stora torget har två trappsteg och ingen ramp. Blir det lättare att komma in med rullator? #storatorget",
  water: "Nu är vattnet brunt igen på Provvägen i Provträsk. Går det att dricka?",
  direct:
    "Hej! Jag har fått ett beslut om min mammas färdtjänst som jag inte förstår. Kan jag fråga om det här?",
} as const;

/** What colleagues say to each other. */
export const notes = {
  bus: "Trafikbolaget har ändrat: cyklar får följa med först efter klockan 10. Vi behöver rätta vårt svar. @Anna Exempel, tar du det?",
  morning:
    "Jag frågar besiktningsmannen om rampen och svarar i eftermiddag. @Anna Exempel, ska vi nämna simskolan också?",
} as const;

/** Answers to what is asked again and again. */
export const canned = {
  passedOn: {
    name: "Frågan är vidare",
    text: "Hej {namn}! Tack för din fråga. Den är hos den som kan svara, och vi skriver här senast i morgon. /{handläggare}, {konto}",
  },
  winter: {
    name: "Snöröjning: när och var",
    text: "Hej {namn}! Vi plogar när det har kommit fem centimeter snö: först vägarna till skolor och vårdcentral, sedan resten. Mer finns på {källa}",
    source: "https://exempelkommun.example/snorojning",
  },
} as const;

/** Where a matter of one person is taken instead. */
export const contactWays = {
  sv: "Skriv till kommun@exempelkommun.example, eller kom till kontaktcenter i kommunhuset. Skriv inga personuppgifter här.",
  en: "Write to kommun@exempelkommun.example, or come to the contact centre in the town hall. Write no personal details here.",
} as const;

/** What is being written, and what waits to go out. */
export const drafts = {
  begun: "Sommarjobb: ansökan öppnar efter nyår. Att kolla: vilka platser, från vilken ålder?",
  planned:
    "God morgon! I dag är återvinningscentralen öppen till klockan 19. Grenar och ris tar vi emot utan avgift hela veckan. #återvinning",
  awaiting:
    "Vi prövar längre öppettider på biblioteket i Exempelby: till klockan 20 på tisdagar och torsdagar. Säg gärna vad ni tycker. #biblioteket",
} as const;

/** What columns, decks, lists and labels are called. */
export const names = {
  poolColumn: "Simhallen",
  unanswered: "Obesvarat",
  team: "Vårt team",
  accessibility: "Ramp och tillgänglighet",
  neighbours: "Grannar som vi följer",
  poolTag: "simhallen",
  accessTag: "tillgänglighet",
  disturbanceTag: "driftstörning",
} as const;
