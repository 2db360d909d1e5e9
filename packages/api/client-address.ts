import { isIP } from "node:net";
import type { Context } from "hono";
import { addressIn, type Nets } from "./nets.ts";

/** What node's server gives along with each call. */
interface Bindings {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string } };
}

/**
 * Where a call comes from: the other end of its connection or, where that is a trusted proxy, the address that the proxies vouch for
 * (the last of X-Forwarded-For that is none of them). What lies further left there anybody may have written.
 */
export function clientAddress(c: Context, proxies: Nets): string {
  const { incoming } = (c.env ?? {}) as Bindings;
  let address = plain(incoming?.socket.remoteAddress ?? "");
  const hops = (c.req.header("X-Forwarded-For") ?? "").split(",").map((hop) => plain(hop.trim()));
  while (isIP(address) !== 0 && addressIn(proxies, address)) {
    const before = hops.pop();
    if (before === undefined || isIP(before) === 0) break;
    address = before;
  }
  return address;
}

/** IPv4 as itself, without the dress of IPv6, a port or a zone. */
function plain(address: string): string {
  const bare = address.replace(/^\[(.*)\](:\d+)?$/, "$1").replace(/%.*$/, "");
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/i.exec(bare)?.[1];
  return v4 ?? bare;
}
