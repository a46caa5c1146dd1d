import { defineWords } from "#platform/i18n.ts";

export const consentWords = defineWords(
  {
    title: (app: string) => `Ska ${app} få använda ditt konto?`,
    lead: (app: string, authority: string) =>
      `${app} vill läsa eller göra saker hos ${authority} i ditt namn. Uppgifterna om appen kommer från appen själv, och ingen har kontrollerat dem. Tillåt bara en app som du själv nyss började logga in i.`,
    who: "Vem som frågar",
    name: "App",
    website: "Webbplats",
    destination: "När du har svarat",
    site: (host: string) => `skickas du vidare till ${host}`,
    app: (scheme: string) => `öppnas den app på din enhet som tar emot adresser som börjar med ${scheme}:`,
    ownMachine: "skickas du till ett program på din egen dator",
    shown: "visas en kod här, som du själv klistrar in i appen",
    may: "Det här får appen göra",
    account: "Vilket konto ska appen använda?",
    accountHint: "Appen får använda bara det kontot, och bara så länge du får tala för det.",
    accountMissing: "Välj vilket konto appen ska använda",
    allow: "Tillåt",
    refuse: "Neka",
    withdraw: "Du kan när som helst koppla från appen under Mina inställningar, Anslutna appar.",
    signedInAs: (name: string) => `Du är inloggad som ${name}.`,
    notYou: "Logga in som någon annan",
    back: (where: string) => `Tillbaka till ${where}`,
    backToApp: "Tillbaka till appen",
    code: {
      title: "Din kod",
      lead: (app: string) => `Kopiera koden och klistra in den i ${app}. Den gäller en gång, i tio minuter.`,
      label: "Kod",
      warning: "Ge inte koden till någon annan. Den som har koden kan använda ditt konto.",
    },
    nobody: {
      title: "Du får inte tala för något konto än",
      lead: (app: string) =>
        `Därför kan ${app} inte göra något här. Be den som administrerar platsen om ett konto. Öppna sedan appen och försök igen.`,
    },
    unknownApp: {
      title: "Vi känner inte till appen",
      lead: "Appen är inte registrerad här, eller så är länken inte hel. Ingenting har ändrats. Gå tillbaka till appen och logga in från början.",
    },
    unknownPlace: {
      title: "Appen vill ha svaret på fel ställe",
      lead: (app: string) =>
        `Den som skickade dig hit säger sig vara ${app}, men vill ha svaret på en adress som appen inte har registrerat. Det kan vara ett försök att komma åt ditt konto. Ingenting har lämnats ut. Gå tillbaka till appen och logga in från början.`,
    },
    askedWrongly: {
      title: "Appen har frågat fel",
      lead: (app: string) =>
        `${app} har bett om något som inte går. Ingenting har lämnats ut. Den som gör appen kan ha nytta av felet nedan.`,
      error: "Felet",
    },
    refused: {
      title: "Du har nekat appen",
      lead: (app: string) => `${app} har inte fått något. Du kan stänga sidan.`,
    },
  },
  {
    title: (app) => `Let ${app} use your account?`,
    lead: (app, authority) =>
      `${app} wants to read or do things at ${authority} in your name. What it says about itself comes from the app, and nobody has checked it. Allow only an app that you have just begun to sign in to.`,
    who: "Who asks",
    name: "App",
    website: "Website",
    destination: "When you have answered",
    site: (host) => `you are sent on to ${host}`,
    app: (scheme) => `the app on your device opens that takes addresses beginning with ${scheme}:`,
    ownMachine: "you are sent to a program on your own computer",
    shown: "a code is shown here, for you to paste into the app",
    may: "What the app may do",
    account: "Which account should the app use?",
    accountHint: "The app may use that account alone, and only as long as you may speak for it.",
    accountMissing: "Choose which account the app should use",
    allow: "Allow",
    refuse: "Deny",
    withdraw: "You can disconnect the app at any time under My settings, Connected apps.",
    signedInAs: (name) => `You are signed in as ${name}.`,
    notYou: "Sign in as somebody else",
    back: (where) => `Back to ${where}`,
    backToApp: "Back to the app",
    code: {
      title: "Your code",
      lead: (app) => `Copy the code and paste it into ${app}. It is good once, for ten minutes.`,
      label: "Code",
      warning: "Do not give the code to anybody else. Whoever has it can use your account.",
    },
    nobody: {
      title: "You may not speak for any account yet",
      lead: (app) =>
        `So ${app} cannot do anything here. Ask whoever administers this place for an account. Then open the app and try again.`,
    },
    unknownApp: {
      title: "We do not know that app",
      lead: "The app is not registered here, or the link is not whole. Nothing was changed. Go back to the app and sign in from the start.",
    },
    unknownPlace: {
      title: "The app wants its answer in the wrong place",
      lead: (app) =>
        `Whoever sent you here claims to be ${app}, but wants the answer at an address that the app has not registered. It may be an attempt to get at your account. Nothing was given out. Go back to the app and sign in from the start.`,
    },
    askedWrongly: {
      title: "The app has asked wrongly",
      lead: (app) =>
        `${app} has asked for something that cannot be done. Nothing was given out. Whoever makes the app can use the error below.`,
      error: "The error",
    },
    refused: {
      title: "You have denied the app",
      lead: (app) => `${app} was given nothing. You can close this page.`,
    },
  },
);
