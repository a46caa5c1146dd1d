/** A backup that cannot be written here, or a file that cannot be restored from. Nothing was changed. */
export class BackupRefused extends Error {
  override name = "BackupRefused";
  readonly code:
    | "file-exists"
    | "file-unreadable"
    | "file-damaged"
    | "not-a-backup"
    | "newer-backup"
    | "not-empty"
    | "in-use";

  constructor(code: BackupRefused["code"], message: string) {
    super(message);
    this.code = code;
  }
}
