/** The lists there are, as the entry, the catalogue and the OpenAPI document tell of them. */
export const resources = [
  {
    name: "accounts",
    title: { sv: "Kontoregister", en: "Register of accounts" },
    description: {
      sv: "Alla konton som talar eller har talat för myndigheten, med roll, ansvarig och adress.",
      en: "All accounts that speak or have spoken for the authority, with role, who answers for them, and address.",
    },
  },
  {
    name: "posts",
    title: { sv: "Inlägg", en: "Posts" },
    description: {
      sv: "Det som myndighetens konton har skrivit, och offentliga svar i de samtalen.",
      en: "What the authority's accounts have written, and public answers in those conversations.",
    },
  },
  {
    name: "threads",
    title: { sv: "Samtal", en: "Conversations" },
    description: {
      sv: "Samtal som myndighetens konton deltar i: när, var och hur många inlägg.",
      en: "Conversations that the authority's accounts take part in: when, where and how many posts.",
    },
  },
  {
    name: "changes",
    title: { sv: "Ändringar", en: "Changes" },
    description: {
      sv: "Vilka inlägg som har kommit, ändrats eller försvunnit, för den som håller en kopia.",
      en: "Which posts have come, been edited or gone, for those who keep a copy.",
    },
  },
] as const;
