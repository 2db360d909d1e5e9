import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/** OWASP's recommendation for scrypt: 64 MB and about a quarter of a second a try. */
const COST = { N: 2 ** 16, r: 8, p: 2 } as const;
const MAX_MEMORY = 256 * 1024 * 1024;
const KEY_BYTES = 32;

/** `scrypt$N$r$p$salt$hash`: what a password is kept as. The cost stands with it, so that it can be raised later. */
export async function hashPassword(password: string, N: number = COST.N): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derived(password, salt, { ...COST, N });
  return ["scrypt", N, COST.r, COST.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** Whether it is the password; takes as long for an account that has none, so that nobody learns which accounts there are. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [, n, r, p, salt, hash] = (kept ?? NOBODY).split("$");
  const expected = Buffer.from(hash ?? "", "base64url");
  const given = await derived(password, Buffer.from(salt ?? "", "base64url"), {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return given.length === expected.length && timingSafeEqual(given, expected) && kept !== null;
}

const NOBODY = ["scrypt", COST.N, COST.r, COST.p, "", Buffer.alloc(KEY_BYTES).toString("base64url")].join("$");

function derived(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, { ...cost, maxmem: MAX_MEMORY }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
