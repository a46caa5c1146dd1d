import { toTsvectorText } from "#domain/search/words.ts";

const firsts =
  "simhall bibliotek skol gatu park cykel vatten buss idrotts miljö bygg kultur äldre barn ungdoms torg hamn bro lek fritids natur energi bostads trafik stads musei is bad sop snö kommun centrum skogs strand väg ridhus konst läs språk närings".split(
    " ",
  );
const lasts =
  "taxan planen frågan mötet beslutet bygget köerna avgiften tiderna rådet gruppen nämnden lokalen projektet pengarna skyltarna träden arbetet veckan dagen priset förslaget yttrandet planket området huset hallen rummen bänken belysningen personalen besöken larmet bladet ledningen filmen provet körningen leden tomten".split(
    " ",
  );
const opening = "Inlägg";
const sparseWord = "Domherrar";

/** Sixteen hundred compounds, as Swedish makes them. */
const matters = firsts.flatMap((first) => lasts.map((last) => first + last));

const sentences = [
  "öppnar igen efter renoveringen. Vi har bytt rening, byggt om och gjort plats för fler. Kom och titta på lördag, och säg vad ni tycker.",
  "stänger i två veckor för underhåll. Vi vet att det är många som undrar, och svarar så gott vi kan på era synpunkter här.",
  "fick stöd av ledamöterna i går kväll. Nu väntar upphandling, och arbetet kan börja till våren om ingen överklagar.",
  "har hamnat fel i kartan. Tack till alla som hörde av sig, det är rättat nu och syns på webbplatsen senast i morgon förmiddag.",
  "är vad de flesta frågar om just nu. Läs mer om hur vi tänker, vad det kostar och när det blir klart för alla som bor här.",
];

/** What seeded posts are made of: as it is said, and reduced as the index stores it. */
export const seedWords = {
  opening: toTsvectorText(opening),
  /** One post in forty has a compound that begins so. */
  common: "simhall",
  /** A word that one post in sixteen hundred holds. */
  rare: "hamnbelysningen",
  said: { matters, sentences, sparseWord },
  stored: {
    matters: matters.map(toTsvectorText),
    sentences: sentences.map(toTsvectorText),
    sparseWord: toTsvectorText(sparseWord),
  },
};
