/** What may be done with the authority's own facts and words: anything. https://spdx.org/licenses/CC0-1.0 */
export const licence = {
  id: "CC0-1.0",
  name: "Creative Commons Zero v1.0 Universal",
  url: "https://creativecommons.org/publicdomain/zero/1.0/",
} as const;

export const rights = {
  sv: "Uppgifter om myndighetens konton och det som myndigheten själv har skrivit får användas fritt (CC0 1.0). Inlägg av andra tillhör dem som skrev dem och återges här som en del av samtalet. Bilder omfattas inte av CC0.",
  en: "Facts about the authority's accounts, and what the authority itself has written, may be used freely (CC0 1.0). Posts by others belong to those who wrote them and are given here as part of the conversation. Pictures are not covered by CC0.",
} as const;
