/**
 * Text fit to store and show: well-formed, NFC, lines ended by \n, without control characters and
 * without the bidirectional overrides that make an address read as another. Joiners (emoji, Persian) stay.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(PILED, "$1")
    .normalize("NFC")
    .replace(/\r\n?|[\u2028\u2029]/gu, "\n")
    .replace(UNWANTED, "");
}

/**
 * No writing has more marks on a letter than Unicode's Stream-Safe Text Format allows (UAX #15, section 13);
 * putting longer piles in order takes time that grows with their square.
 */
const PILED = /(\p{M}{30})\p{M}+/gu;
// oxlint-disable-next-line no-control-regex -- control characters are what is removed
const UNWANTED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/gu;
