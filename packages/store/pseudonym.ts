import { createHmac } from "node:crypto";

/** Hexadecimal digits of a pseudonym: among a million people, two share one with a chance of one in a trillion. */
const DIGITS = 20;

/** A person's pseudonym under a key: always the same, and not to be turned back without the key. */
export const pseudonym = (key: string, kind: "student" | "teacher", id: string): string =>
  `${kind}_${createHmac("sha256", key).update(`${kind}\n${id}`).digest("hex").slice(0, DIGITS)}`;
