import { defineWords } from "#platform/i18n.ts";

/** The words of what residents do: reply, follow and report. */
export const formWords = defineWords(
  {
    join: {
      replyTitle: "Svara från ditt nätverk",
      replyLead: (name: string) =>
        `Du svarar ${name} med det konto du redan har, i den app du brukar använda.`,
      followTitle: (name: string) => `Följ ${name}`,
      followLead: (name: string) =>
        `Så får du det ${name} skriver i ditt eget flöde, i den app du brukar använda.`,
      withServer: "Öppna i ditt nätverk",
      server: "Ditt konto eller din server",
      serverHint: "Till exempel @anna@mastodon.example eller mastodon.example. Vi sparar det inte.",
      serverWrong: "Skriv en server, som mastodon.example, eller ditt konto, som @anna@mastodon.example",
      go: "Fortsätt till ditt nätverk",
      withSearch: "Eller sök i din app",
      searchReply: "Kopiera adressen, klistra in den i appens sökfält och svara på inlägget som visas.",
      searchFollow: "Skriv namnet i appens sökfält och följ kontot som visas.",
      nameUs: (handle: string) =>
        `Nämn också ${handle} i ditt svar, så att det säkert når oss och kan visas här.`,
      noAccount: "Har du inget konto?",
      noAccountBody:
        "Fediversum består av många fristående nätverk som når varandra. Du kan skaffa ett konto hos vilket du vill, eller mejla oss i stället.",
      noAccountMail: (email: string) => `Vår adress: ${email}`,
      box: "Innan du skriver",
      boxItems: {
        who: (authority: string) => `${authority} ansvarar för den här platsen och tar emot det som skrivs.`,
        record: "Det du skriver till oss blir en allmän handling. Vem som helst kan begära att få läsa den.",
        far: "Ett offentligt svar visas här för alla, utan inloggning, och kan spridas vidare i andra nätverk.",
        limited:
          "Skriver du bara till oss (direktmeddelande) visas det inte här, men det är en allmän handling ändå.",
        sensitive:
          "Skriv inte om din hälsa, ditt personnummer eller något annat som bör stanna mellan dig och oss.",
        undo: "Tar du bort ditt inlägg försvinner det härifrån. I våra handlingar finns det kvar så länge lagen säger.",
      },
      rules: "Reglerna för samtalet",
    },
    report: {
      title: "Anmäl ett inlägg",
      lead: "Berätta för oss om ett inlägg bryter mot lagen eller mot reglerna för samtalet. Du behöver inte säga vem du är.",
      about: "Inlägget det gäller",
      unknown: "Inlägget finns inte eller visas inte längre. Du kan ändå mejla oss.",
      words: "Vad är det som är fel?",
      wordsHint: "Skriv gärna vilken regel det gäller.",
      wordsMissing: "Skriv vad som är fel med inlägget",
      wordsLong: "Skriv högst 2 000 tecken",
      contact: "Hur når vi dig?",
      contactHint: "Bara om du vill ha svar: en e-postadress till exempel.",
      contactLong: "Skriv högst 200 tecken",
      send: "Skicka anmälan",
      record: "Anmälan blir en allmän handling, också det du skriver om hur vi når dig.",
      doneTitle: "Tack, anmälan är mottagen",
      doneLead: (when: string) => `Vi fick den ${when}. Från den stunden känner vi till inlägget.`,
      next: "Vad som händer nu",
      nextItems: {
        read: "En människa hos oss läser inlägget och jämför det med reglerna.",
        decide: "Bryter det mot en regel döljs det, och det står i tråden vilken regel och varför.",
        tell: "Har du sagt hur vi når dig får du veta vad vi kom fram till.",
      },
      back: "Tillbaka till samtalet",
    },
  },
  {
    join: {
      replyTitle: "Reply from your network",
      replyLead: (name) =>
        `You answer ${name} with the account you already have, in the app you are used to.`,
      followTitle: (name) => `Follow ${name}`,
      followLead: (name) => `This brings what ${name} writes into your own feed, in the app you are used to.`,
      withServer: "Open in your network",
      server: "Your account or your server",
      serverHint: "For instance @anna@mastodon.example or mastodon.example. We do not keep it.",
      serverWrong:
        "Write a server, such as mastodon.example, or your account, such as @anna@mastodon.example",
      go: "Go on to your network",
      withSearch: "Or search in your app",
      searchReply:
        "Copy the address, paste it in the search field of your app and reply to the post that appears.",
      searchFollow: "Type the name in the search field of your app and follow the account that appears.",
      nameUs: (handle) =>
        `Name ${handle} in your reply as well, so that it is sure to reach us and can be shown here.`,
      noAccount: "No account?",
      noAccountBody:
        "The fediverse consists of many independent networks that reach each other. You can get an account with whichever you like, or e-mail us instead.",
      noAccountMail: (email) => `Our address: ${email}`,
      box: "Before you write",
      boxItems: {
        who: (authority) => `${authority} is responsible for this site and receives what is written.`,
        record: "What you write to us becomes a public record. Anyone may ask to read it.",
        far: "A public reply is shown here to everyone, without signing in, and may be passed on in other networks.",
        limited:
          "If you write only to us (a direct message) it is not shown here, but it is a public record all the same.",
        sensitive:
          "Do not write about your health, your identity number or anything else that should stay between you and us.",
        undo: "If you remove your post it disappears from here. In our records it stays as long as the law says.",
      },
      rules: "The rules of conversation",
    },
    report: {
      title: "Report a post",
      lead: "Tell us if a post breaks the law or the rules of conversation. You do not have to say who you are.",
      about: "The post in question",
      unknown: "There is no such post, or it is no longer shown. You can still e-mail us.",
      words: "What is wrong?",
      wordsHint: "Please say which rule it is about.",
      wordsMissing: "Write what is wrong with the post",
      wordsLong: "Write 2,000 characters at most",
      contact: "How do we reach you?",
      contactHint: "Only if you want an answer: an e-mail address, for instance.",
      contactLong: "Write 200 characters at most",
      send: "Send the report",
      record: "The report becomes a public record, including what you write about how to reach you.",
      doneTitle: "Thank you, the report has been received",
      doneLead: (when) => `We received it ${when}. From that moment we know of the post.`,
      next: "What happens now",
      nextItems: {
        read: "A person here reads the post and compares it with the rules.",
        decide: "If it breaks a rule it is hidden, and the thread says which rule and why.",
        tell: "If you have said how to reach you, we will tell you what we found.",
      },
      back: "Back to the conversation",
    },
  },
);
