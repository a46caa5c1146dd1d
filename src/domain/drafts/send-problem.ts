/** Why what waited could not be sent. Kept with the draft, and told to its writer. */
export type SendProblem =
  | "account-revoked"
  | "account-gone"
  | "writer-left"
  | "parent-missing"
  | "picture-missing"
  | "alternative-text"
  | "personal-number"
  | "nobody-addressed"
  | "empty"
  | "too-long"
  | "title-missing"
  | "reason-missing"
  | "post-gone"
  | "post-changed";
