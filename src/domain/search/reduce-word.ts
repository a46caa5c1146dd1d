/**
 * A folded Swedish word without its endings, so that the forms of one word share a beginning: skola, skolan,
 * skolor, skolornas all give `skol`. Not a dictionary form. At least three letters with a vowel always stay.
 * Other languages' words pass through the same rules, alike at write and at query, so they still meet.
 */
export function reduceWord(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length < 4 || !/^[a-zåäö]+$/u.test(word)) return word;
  return knownBase(word) ?? changed(withoutEnding(withoutGenitive(word)));
}

function knownBase(word: string): string | undefined {
  const { head = "", base, lost, other } = KNOWN.exec(word)?.groups ?? {};
  const whole = base ?? LOST.get(lost ?? "") ?? OTHER_VOWEL.get(other ?? "");
  return whole === undefined ? undefined : head + whole;
}

function withoutGenitive(word: string): string {
  if (!/[^cijosuwxyzåäö]s$/u.test(word) || ENDS_IN_S.test(word)) return word;
  return stays(word.slice(0, -1)) ? word.slice(0, -1) : word;
}

function withoutEnding(word: string): string {
  // Nyhet and enhet are too short to lose -het, and -et is no ending of theirs.
  if (word.endsWith("het")) return word.length > 6 ? word.slice(0, -3) : word;
  for (const ending of ENDINGS) {
    if (word.endsWith(ending) && stays(word.slice(0, -ending.length))) return word.slice(0, -ending.length);
  }
  return word.endsWith("eln") ? word.slice(0, -1) : word;
}

function stays(rest: string): boolean {
  return rest.length >= 3 && /[aeiouyåäö]/u.test(rest);
}

/** What an ending does to the letters before it: rummet is of rum, cyklar of cykel, vintrar of vinter. */
function changed(stem: string): string {
  if (stem.endsWith("ansökning") || stem.endsWith("anmälning")) return stem.slice(0, -4);
  if (stem.length > 3 && /(?:mm|nn)$/u.test(stem)) return stem.slice(0, -1);
  if (stem.length > 4 && /(?:ck|([kpt])\1)n$/u.test(stem)) return stem.slice(0, -1);
  if (stem.length > 4 && /[bdgkpt]r$/u.test(stem)) return stem.slice(0, -1);
  if (stem.length > 3 && /[bdfgkmpst]l$/u.test(stem)) return `${stem.slice(0, -1)}el`;
  return stem;
}

const ENDINGS = (
  "heterna heten heter ornas arnas ernas orna arna erna arens aren ades ade are ena ern " +
  "en et an or ar er na a e"
)
  .split(" ")
  .toSorted((one, other) => other.length - one.length);

/** Words that look inflected as they stand, also last in a compound (detaljplan, dricksvatten). */
const BASES = (
  "plan svar sommar syster nummer meter liter papper lager finger paket budget itet internet kommentar " +
  "ombudsman talesman dator doktor motor traktor rektor sektor lektor faktor kontor direktor miljö sjö byrå " +
  "semester mönster fönster center öken fröken examen lakan organ orgel regel medel titel handel seminar hus"
).split(" ");

/** Forms that lose a vowel, where the general rule would cut too near. */
const LOST = new Map([
  ["somr", "sommar"],
  ["systr", "syster"],
  ["numr", "nummer"],
  ["metr", "meter"],
  ["pappr", "papper"],
  ["lagr", "lager"],
  ["fingr", "finger"],
  ["semestr", "semester"],
  ["mönstr", "mönster"],
  ["fönstr", "fönster"],
  ["centr", "center"],
  ["ökn", "öken"],
  ["frökn", "fröken"],
]);

/** Plurals with another vowel than their singular. */
const OTHER_VOWEL = new Map([
  ["städ", "stad"],
  ["länd", "land"],
  ["stränd", "strand"],
  ["böck", "bok"],
  ["nätt", "natt"],
  ["ledamöt", "ledamot"],
  ["sön", "son"],
]);

const KNOWN = new RegExp(
  `^(?<head>.*?)(?:(?<base>${BASES.join("|")})(?:n|en|et|na|ar|arna|er|erna)?s?` +
    `|(?<lost>${[...LOST.keys()].join("|")})(?:en|et|na|a|ar|arna|er|erna)s?` +
    `|(?<other>${[...OTHER_VOWEL.keys()].join("|")})(?:er|erna)s?)$`,
  "u",
);

/** Nouns whose own last letter is s, which is no genitive. */
const ENDS_IN_S =
  /(?:plats|kurs|gräns|dans|chans|balans|instans|finans|ambulans|hals|puls|glas|gas|bas|ras|vers|jeans|(?:lic|fer|ist|pet|ekv|tend|sid)ens)$/u;

/** Too short for rules, too common to miss. */
const IRREGULAR = new Map([
  ["året", "år"],
  ["årets", "år"],
  ["åren", "år"],
  ["årens", "år"],
  ["byn", "by"],
  ["byns", "by"],
  ["byar", "by"],
  ["byarna", "by"],
  ["ön", "ö"],
  ["öar", "ö"],
  ["öarna", "ö"],
  ["ån", "å"],
  ["åar", "å"],
  ["kommer", "kommer"],
  ["komma", "kommer"],
  ["män", "man"],
  ["männen", "man"],
  ["gamla", "gammal"],
  ["gammalt", "gammal"],
]);
