import { randomBytes } from "node:crypto";

type IdOf =
  | "scenario"
  | "job"
  | "plan"
  | "what_if"
  | "key"
  | "account"
  | "webhook"
  | "delivery"
  | "approval"
  | "flag"
  | "vroom";

/** A new id that sorts by the time it was made: prefix, milliseconds in base 36, 80 random bits. */
export function newId(prefix: IdOf, now: Date): string {
  return `${prefix}_${now.getTime().toString(36).padStart(9, "0")}${randomBytes(10).toString("hex")}`;
}
