import { createHmac, randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A key that lies beside the database, not in it: who can only write rows cannot forge the audit log. */
export type Keyed = (text: string) => string;

/**
 * Hex HMAC-SHA256 under the installation's secret: the one that was given, else the folder's file, made at the first start.
 * Several machines on one database are given the same.
 */
export async function openSecret(dir: string, given: string | undefined): Promise<Keyed> {
  const secret = given ?? (await ownSecret(join(dir, "secret")));
  return (text) => createHmac("sha256", secret).update(text).digest("hex");
}

async function ownSecret(path: string): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  try {
    await writeFile(path, secret, { flag: "wx", mode: 0o600 });
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return (await readFile(path, "utf8")).trim();
  }
}
