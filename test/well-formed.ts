import { Parser } from "htmlparser2";

/** The first fault of an XML text, by its tags. */
export function wellFormed(xml: string): string | undefined {
  const open: string[] = [];
  let fault: string | undefined;
  const parser = new Parser(
    {
      onopentagname: (name) => void open.push(name),
      onclosetag: (name, implied) => {
        if (open.pop() !== name || (implied && !xml.includes("/>"))) fault ??= name;
      },
      onerror: (error) => (fault ??= error.message),
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return fault ?? open[0];
}
