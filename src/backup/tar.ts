/** One file of a tar archive: its name, and its bytes in pieces. */
export type TarEntry = { name: string; size: number; body: AsyncIterable<Buffer> };

const block = 512;

/** What a tar archive (POSIX ustar) holds for one file: header, bytes, padding. */
export function tarFile(name: string, bytes: Uint8Array): Buffer {
  const padding = Buffer.alloc((block - (bytes.length % block)) % block);
  return Buffer.concat([tarHeader(name, bytes.length), bytes, padding]);
}

/** Two empty blocks end an archive. */
export const tarEnd: Buffer = Buffer.alloc(2 * block);

function tarHeader(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`too long a name for tar: ${name}`);
  const header = Buffer.alloc(block);
  header.write(name, 0);
  header.write("0000600\0", 100); // Only its owner may read what is unpacked.
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.write("        ", 148);
  header.write("0", 156);
  header.write("ustar", 257);
  header.write("00", 263);
  header.write(`${checksum(header).toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** The archive is cut short, or not one. */
export class BadTar extends Error {
  override name = "BadTar";
}

/** Reads an archive from its stream, in order. Each body must be read to its end before the next entry. */
export async function* readTar(stream: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const source = reader(stream);
  for (;;) {
    const header = await source.exactly(block);
    if (header.every((byte) => byte === 0)) return source.drain();
    const size = readHeader(header);
    const name = field(header, 0, 100);
    let left = size;
    const body = (async function* () {
      while (left > 0) {
        const piece = await source.some(left);
        left -= piece.length;
        yield piece;
      }
    })();
    yield { name, size, body };
    if (left > 0) throw new Error(`the body of ${name} was not read`);
    await source.exactly((block - (size % block)) % block);
  }
}

function readHeader(header: Buffer): number {
  const unsummed = Buffer.from(header);
  unsummed.fill(" ", 148, 156);
  const size = Number.parseInt(field(header, 124, 12), 8);
  const plain = field(header, 257, 5) === "ustar" && field(header, 156, 1) === "0";
  if (
    !plain ||
    Number.parseInt(field(header, 148, 8), 8) !== checksum(unsummed) ||
    !Number.isSafeInteger(size)
  )
    throw new BadTar("a header cannot be read");
  return size;
}

function field(header: Buffer, at: number, length: number): string {
  return header
    .toString("utf8", at, at + length)
    .replace(/\0.*$/s, "")
    .trim();
}

function checksum(header: Buffer): number {
  let sum = 0;
  for (const byte of header) sum += byte;
  return sum;
}

function reader(stream: AsyncIterable<Buffer>) {
  const pieces = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const fill = async () => {
    while (rest.length === 0) {
      const next = await pieces.next();
      if (next.done) throw new BadTar("it ends too early");
      rest = next.value;
    }
  };
  const some = async (most: number): Promise<Buffer> => {
    await fill();
    const piece = rest.subarray(0, most);
    rest = rest.subarray(piece.length);
    return piece;
  };
  return {
    some,
    async exactly(length: number): Promise<Buffer> {
      const found: Buffer[] = [];
      for (let left = length; left > 0;) {
        const piece = await some(left);
        left -= piece.length;
        found.push(piece);
      }
      return Buffer.concat(found);
    },
    /** To the end, so that the compressed stream's own checksum is checked. */
    async drain(): Promise<void> {
      while (!(await pieces.next()).done);
    },
  };
}
