import { defineWords } from "#platform/i18n.ts";

export const filterWords = defineWords(
  {
    tooManyFilters: (most: number) =>
      `Kontot har redan ${most} filter, och fler går inte att ha. Inget sparades. Ta bort något av dem först.`,
    tooManyKeywords: (most: number) =>
      `Ett kontos filter kan ha högst ${most} sökord tillsammans. Inget sparades. Ta bort några först.`,
    tooManyStatuses: (most: number) =>
      `Ett filter kan ha högst ${most} inlägg. Inget sparades. Ta bort några, eller gör ett filter till.`,
    severalKeywords:
      "Filtret har flera sökord, så en äldre app kan bara ändra själva sökordet. Inget sparades. Ändra filtret i en app som kan hela filtret.",
  },
  {
    tooManyFilters: (most: number) =>
      `The account has ${most} filters already and cannot have more. Nothing was saved. Remove one of them first.`,
    tooManyKeywords: (most: number) =>
      `The filters of an account can have at most ${most} keywords together. Nothing was saved. Remove some first.`,
    tooManyStatuses: (most: number) =>
      `A filter can have at most ${most} posts. Nothing was saved. Remove some, or make another filter.`,
    severalKeywords:
      "The filter has several keywords, so an older app can only change the keyword itself. Nothing was saved. Change the filter in an app that knows all of it.",
  },
);
