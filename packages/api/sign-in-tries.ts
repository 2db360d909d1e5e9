import { isIPv6 } from "node:net";

/** Wrong passwords that one address may send within the time: a school behind one address makes fewer, a guesser needs more. */
const TRIES = 100;
const WITHIN_MS = 15 * 60_000;
/** Addresses kept in mind; those that have been quiet longest go first. */
const ADDRESSES_MAX = 10_000;

interface Tries {
  readonly sinceMs: number;
  count: number;
}

/** Counts sign-ins by the address from which they come, so that nobody tries one password on many accounts. Of this process alone. */
export class SignInTries {
  readonly #of = new Map<string, Tries>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get size(): number {
    return this.#of.size;
  }

  /** Counts a try before it is made, so that many at once gain nothing. @returns 0, or the seconds after which to come back */
  begin(address: string): number {
    const name = household(address);
    const nowMs = this.#now();
    const known = this.#of.get(name);
    const tries = known && nowMs < known.sinceMs + WITHIN_MS ? known : { sinceMs: nowMs, count: 0 };
    if (tries.count >= TRIES) return Math.max(1, Math.ceil((tries.sinceMs + WITHIN_MS - nowMs) / 1000));
    tries.count++;
    this.#of.delete(name);
    this.#of.set(name, tries);
    if (this.#of.size > ADDRESSES_MAX) this.#of.delete(this.#of.keys().next().value ?? "");
    return 0;
  }

  /** The password was right: the try does not count. */
  succeeded(address: string): void {
    const tries = this.#of.get(household(address));
    if (tries && tries.count > 0) tries.count--;
  }
}

/** Whoever has an address of IPv6 has its whole /64. */
function household(address: string): string {
  if (!isIPv6(address)) return address;
  const [head, tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":");
}
