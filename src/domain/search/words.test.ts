import assert from "node:assert/strict";
import { test } from "node:test";
import { queryTerms, searchWords, toTsvectorText, tsQuery } from "./words.ts";

/** Whether a query finds a text, as PostgreSQL would answer. */
function finds(query: string, text: string): boolean {
  const stored = searchWords(text);
  return queryTerms(query).every(({ word, prefix, or = [] }) =>
    [word, ...or].some((wanted) => stored.some((has) => (prefix ? has.startsWith(wanted) : has === wanted))),
  );
}

/** Forms of one word: each must find every other. */
const families = `
skola skolan skolor skolorna skolans skolornas
barn barnen barnens barns barnet
simhall simhallen simhallar simhallarna simhallens
kommun kommunen kommunens kommuner kommunerna kommuns
bibliotek biblioteket biblioteken bibliotekens
förskola förskolor förskolan förskolornas
väg vägen vägar vägarna
avgift avgiften avgifter avgifterna
buss bussen bussar bussarna bussens
bad badet baden badets
lärare läraren lärarna lärarnas lärares
medborgare medborgaren medborgarna medborgarnas
ärende ärendet ärenden ärendena
möte mötet möten mötena
beslut beslutet besluten besluts
nämnd nämnden nämnder nämndernas
ansökan ansökningar ansökningen
anmälan anmälningar
tidning tidningen tidningar
plats platsen platser platserna
kurs kursen kurser
konferens konferensen konferenser
nyhet nyheten nyheter nyheterna
enhet enheten enheter
verksamhet verksamheten verksamheter
detaljplan detaljplanen detaljplaner
vatten vattnet vattnets
dricksvatten dricksvattnet
vinter vintern vintrar vintrarna
sommar sommaren somrar somrarna
cykel cykeln cyklar cyklarna
rum rummet rummen
program programmet programmen
stad staden städer städerna
bok boken böcker böckerna
ledamot ledamoten ledamöter
minister ministern ministrar
rektor rektorn rektorer rektorerna
kontor kontoret kontoren
aktivitet aktiviteten aktiviteter
budget budgeten budgetar
linje linjen linjer
miljö miljön miljöns
sjö sjön sjöar sjöarna
ansvar ansvaret ansvars
ordförande ordföranden ordförandena
park parken parker parkerna
återvinning återvinningen
hund hunden hundar hundarnas
äldre äldres
hus huset husen husets
år året åren
by byn byar byarna
öppen öppet öppna
gammal gamla gammalt
nummer numret nummer
fönster fönstret fönstren
`
  .trim()
  .split("\n")
  .map((line) => line.split(" "));

for (const family of families) {
  test(`the forms of ${family[0]} find each other`, () => {
    for (const query of family) {
      for (const text of family) {
        assert.ok(finds(query, text), `${query} → ${text}: ${searchWords(`${query} ${text}`).join(" ")}`);
      }
    }
  });
}

/** `hus` also finds `hustru`: the price of finding compounds by their beginning. */
const compounds = `
skolan skolbuss
skolor skolgård
barn barnomsorg
barnen barnbidrag
simhallen simhallspersonal
kommunens kommunfullmäktige
biblioteket bibliotekskort
bussarna busshållplats
vatten vattentorn
cyklar cykelväg
cykel cykelbana
medborgare medborgarförslag
väg vägarbete
äldre äldreboende
bad badhus
hus hustru
barn barnmorska
avgifter avgiftsfri
`;

for (const [query = "", text = ""] of rows(compounds)) {
  test(`${query} finds the compound ${text}`, () => assert.ok(finds(query, text)));
}

const apart = `
katt kateter
skola skog
buss bus
bad barn
bad bal
vägg väg
kurs kurator
kurs kurva
sommar som
medel med
medlen med
handel hand
syster system
plan plats
plats platt
regel region
titel titta
svart svar
sport spor
stadga stad
städa stad
rumpa rum
nyhet ny
vatten vante
dator data
kommer kommun
hallon hall
land lön
soldat sol
by bygga
år åra
`;

for (const [query = "", text = ""] of rows(apart)) {
  test(`${query} does not find ${text}`, () =>
    assert.ok(!finds(query, text), searchWords(`${query} ${text}`).join(" ")));
}

test("every word of a query must be found", () => {
  assert.ok(finds("skolan bussar", "Bussen till skolorna"));
  assert.ok(!finds("skolan bad", "Bussen till skolorna"));
});

test("English words meet themselves and their plural", () => {
  for (const word of ["school", "schools", "services", "the", "water", "decision", "open"])
    assert.ok(finds(word, word));
  assert.ok(finds("school", "schools"));
});

test("case and foreign accents do not matter, å ä ö do", () => {
  assert.deepEqual(searchWords("IDÉ Åre ÄLG øl Łódź A\u030A"), ["ide", "åre", "älg", "öl", "lodz", "å"]);
  assert.ok(!finds("hal", "häl"));
});

test("words hold letters or digits only", () => {
  assert.equal(
    toTsvectorText("covid-19, 2026-11-22; bad's <i> #skolan @bo@host.se B12"),
    "covid 19 2026 11 22 bad s i skol bo host se b 12",
  );
});

test("a query is a safe tsquery", () => {
  assert.equal(tsQuery("skolan bussar"), "'skol':* & 'buss':*");
  assert.equal(tsQuery("på ö"), "'på' & 'ö'");
  assert.equal(tsQuery("vattnet"), "'vatt':*");
  assert.equal(tsQuery("cyklar"), "('cykel':* | 'cyklar':*)");
  assert.match(tsQuery("a' | 'b':* & !(c) <-> \\ \u0000") ?? "", /^'a' & 'b' & 'c'$/u);
});

test("a query without words is none", () => {
  for (const query of ["", "  ", "'\"\\", "!&|", "👍"]) assert.equal(tsQuery(query), undefined);
});

test("a query is bounded", () => {
  assert.ok(
    (tsQuery(Array.from({ length: 500 }, (_, index) => `x${index}`).join(" ")) ?? "").split("&").length <= 16,
  );
  assert.ok((tsQuery("a".repeat(10_000)) ?? "").length < 100);
});

function rows(table: string): string[][] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
}
