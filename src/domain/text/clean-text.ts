/**
 * Text fit to store and show: well-formed, NFC, lines ended by \n, without control characters and
 * without the bidirectional overrides that make an address read as another. Joiners (emoji, Persian) stay.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replace(/\r\n?|[\u2028\u2029]/gu, "\n")
    .replace(UNWANTED, "");
}

// oxlint-disable-next-line no-control-regex -- control characters are what is removed
const UNWANTED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/gu;
