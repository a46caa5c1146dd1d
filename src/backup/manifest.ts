/** Raised when an older Torg could no longer read what is written. */
export const formatVersion = 1;

/** The first entry of a backup: what has to be known before the rest can be read. */
export type Head = {
  format: number;
  torg: string;
  postgres: string;
  at: string;
  migrations: { name: string; checksum: string }[];
  /** In the order in which they can be filled: whoever is referred to comes first. */
  tables: { name: string; columns: string[] }[];
};

/** The last entry: what must have come before it. `media` is one sum over names and bytes, in order. */
export type Manifest = {
  head: { sha256: string };
  tables: Record<string, Sum>;
  media: Sum;
  sequences: Record<string, { value: string; called: boolean }>;
  /** Pictures that the database speaks of and the store did not have. */
  missingMedia: number;
};

/** `count` is of rows, or of files. */
export type Sum = { count: number; bytes: number; sha256: string };

export const headName = "torg-backup.json";
export const manifestName = "manifest.json";

/** Pieces of a table are numbered so that `tar x` keeps them in order. */
export function tablePiece(table: string, index: number): string {
  return `tables/${table}/${String(index).padStart(6, "0")}.jsonl`;
}

/** What an entry's name says that it is. */
export function readEntryName(
  name: string,
):
  | { kind: "head" }
  | { kind: "manifest" }
  | { kind: "table"; table: string }
  | { kind: "media"; authority: string; media: string; variant: "full" | "small" }
  | undefined {
  if (name === headName) return { kind: "head" };
  if (name === manifestName) return { kind: "manifest" };
  const table = /^tables\/([a-z_]+)\/\d+\.jsonl$/.exec(name)?.[1];
  if (table) return { kind: "table", table };
  const [, authority, media, variant] = /^media\/(\d+)\/(\d+)-(full|small)\.webp$/.exec(name) ?? [];
  if (authority && media)
    return { kind: "media", authority, media, variant: variant === "full" ? "full" : "small" };
  return undefined;
}
