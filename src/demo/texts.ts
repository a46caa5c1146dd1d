/** What is said in the example. Persons and places are made up; the tone is meant. */
export const texts = {
  welcome:
    "Nu finns Exempelkommun på ett eget torg. Här skriver vi det vi annars mejlar, och här svarar vi. Du behöver inget konto för att läsa. Fråga gärna: alla svar står kvar, även när vi har ändrat oss.",
  first:
    "God morgon! Jag skriver själv på det här kontot, oftast före åtta. Förvänta er korta rader om vad som händer i dag, och svar. Det jag inte kan svara på tar jag med till den som kan.",
  bus: "Från måndag går buss 4 var tjugonde minut mellan Exempelby och centrum, vardagar 6–19. Kvällsturerna är som förut. #kollektivtrafik",
  busQuestion: "Do the buses take bicycles outside rush hour?",
  busAnswer:
    "Yes, two bicycles per bus after 9 a.m. on weekdays and all day at weekends. Please enter by the middle door. #kollektivtrafik",
  square:
    "Så här är Stora torget tänkt att se ut: gångfart runt hela, fler bänkar i kvällssol och träden kvar. Förslaget är på samråd till månadens slut. Vad saknar ni? #storatorget",
  squareAlt:
    "Förenklad karta: Stora torget mitt i bilden med tre träd i söderkant, gator runt om och ån längst ned.",
  school:
    "Besökte Lärkans skola i dag. Elevrådet visade mig varför kön till matsalen blir lång: det är dörren, inte maten. De hade ritat en lösning. Vi provar den efter lovet. #lärkansskola",
  schoolAlt:
    "Teckning av en låg röd skola med gräsmatta, ett träd till höger och en gungställning till vänster.",
  schoolThanks: "Min dotter sitter i elevrådet och kom hem alldeles stolt. Tack för att ni lyssnade på dem.",
  articleReply: "Bra att ni skriver vad som gick fel också. Det gör det lättare att lita på resten.",
  water:
    "Vattnet i Provträsk går att dricka igen utan att kokas. Tre prov i följd har varit rena. Tack för tålamodet, och till alla som bar vatten åt en granne. #dricksvatten",
  mistake: "Återvinningscentralen är stängd på torsdag.",
  ice: "Isen på Långsjön bär inte. Vi mäter på tre ställen varje fredag och skriver här när den gör det. #isläget",
  morning:
    "God morgon! I dag: slutmöte om simhalens ombyggnad, besök på förskolan Lärkan och sedan budgeten. Vad vill ni att jag tar med till mötet om simhallen? #simhallen",
  morningCorrected:
    "God morgon! I dag: slutmöte om simhallens ombyggnad, besök på förskolan Lärkan och sedan budgeten. Vad vill ni att jag tar med till mötet om simhallen? #simhallen",
  morningReason: "Stavfel",
  poolAlt:
    "Teckning av simhallen: en byggnad med grönt tak och många fönster, framför den en bassäng med banlinor och en simmare.",
  opening: "Öppnar den före påsk? Barnens simskola har fått vänta sedan i höstas.",
  answer:
    "Ja, om besiktningen går som den ska öppnar vi veckan före påsk. Simskolan får banorna först, hela den första månaden. Jag skriver här samma dag som besiktningen är klar.",
  idea: "Skriv gärna öppettiderna här i stället för i ett nytt mejl till alla föräldrar. Då hittar man dem igen.",
  thanks: "Det var ett tydligt svar. Tack!",
  tooPersonal: "Fråga grannen på Exempelgatan 1 i stället, hen är sjukskriven och har tid.",
  hideReason: "Svaret berättar om en annan persons hälsa",
  regretted: "Det lär väl bli försenat som vanligt.",
  advertisement: "Billiga badlakan! Beställ i dag så får du två för en.",
  report: "Det här är reklam och har inget med skolan att göra.",
  waiting: "En fråga till: kommer rampen ner i bassängen att vara klar när ni öppnar?",
} as const;

export const article = {
  title: "Vad simhallens ombyggnad har lärt oss",
  text: (
    picture: string,
  ) => `Simhallen skulle ha öppnat i höstas. Det gjorde den inte, och många har frågat varför. Här är svaret så rakt jag kan ge det.

![Teckning av simhallen med grönt tak och bassängen framför](media:${picture})

## Vad som hände

När väggarna öppnades visade det sig att fukten hade gått längre än proverna sade. Att bygga vidare hade gått fortare, men vi hade fått göra om det inom tio år.

## Vad det kostade

- elva veckor längre byggtid
- simskolan fick hyra in sig hos grannkommunen
- pengarna togs ur reserven, inte ur skolans budget

## Vad vi gör annorlunda

1. Prover tas på fler ställen innan vi lovar ett datum.
2. Den som väntar får veta det **samma dag** som vi själva.
3. Vi skriver ned vad vi inte vet.

> Säg hellre att ni inte vet än att det snart är klart.

Så sade en förälder till mig i höstas. Hon hade rätt.
`,
};
