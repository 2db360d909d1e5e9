import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { InputError } from "@trivium/model";
import { addressIn, type Nets, netOf, netsOf } from "../nets.ts";

/** An address that a name stands for. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

export type Resolve = (host: string) => Promise<readonly Address[]>;

const resolveByDns: Resolve = (host) => lookup(host, { all: true });

/** Not of the public internet: this machine, its networks, its cloud's metadata, and what is reserved. @see IANA special-purpose address registries (RFC 6890) */
const SPECIAL: readonly [net: string, prefix: number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  ["::", 128],
  ["::1", 128],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
];
const special = netsOf(SPECIAL);

/**
 * Where webhooks may go: anywhere public over TLS, and, of this machine's own networks, only what the operator named.
 * Names are resolved once, and the connection is made to the addresses that were judged.
 */
export class Targets {
  readonly #allowed: Nets;
  readonly #resolve: Resolve;

  /** @param allowed addresses and networks (10.2.0.0/16) of the district's own that may be called, without TLS too */
  constructor(allowed: readonly string[] = [], resolve: Resolve = resolveByDns) {
    this.#allowed = netsOf(allowed.map(netOf));
    this.#resolve = resolve;
  }

  /** @returns the addresses to connect to @throws InputError webhook-url, webhook-unresolved, webhook-private */
  async judge(url: URL): Promise<readonly Address[]> {
    if ((url.protocol !== "https:" && url.protocol !== "http:") || url.username !== "" || url.password !== "")
      throw refused("webhook-url", "a webhook's URL is https, without user and password in it");
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const family = isIP(host);
    const addresses = family ? [{ address: host, family }] : await this.#resolved(host);
    const own = addresses.filter((each) => addressIn(this.#allowed, each.address));
    const others = addresses.filter((each) => !own.includes(each));
    if (others.some((each) => addressIn(special, each.address)))
      throw refused(
        "webhook-private",
        "the URL leads into a private network or to this machine. Maybe the operator allows it in WEBHOOK_ALLOW?",
      );
    if (others.length > 0 && url.protocol !== "https:")
      throw refused("webhook-url", "beyond the district's own network a webhook goes over https only");
    return addresses;
  }

  async #resolved(host: string): Promise<readonly Address[]> {
    const addresses = await this.#resolve(host).catch(() => []);
    if (addresses.length === 0) throw refused("webhook-unresolved", "the URL's host name leads nowhere");
    return addresses;
  }
}

const refused = (code: string, message: string): InputError => new InputError(code, message);
