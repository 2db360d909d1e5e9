import { BlockList, isIP } from "node:net";
import { InputError } from "@trivium/model";

/** A set of networks and addresses. */
export type Nets = BlockList;

/** @throws InputError bad-network */
export function netOf(text: string): [net: string, prefix: number] {
  const [net, prefix] = text.split("/");
  const bits = isIP(net) === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (isIP(net) === 0 || !Number.isInteger(length) || length < 0 || length > bits)
    throw new InputError("bad-network", `${text} is neither an address nor a network such as 10.2.0.0/16`);
  return [net, length];
}

export function netsOf(nets: readonly (readonly [net: string, prefix: number])[]): Nets {
  const list = new BlockList();
  for (const [net, prefix] of nets) list.addSubnet(net, prefix, isIP(net) === 6 ? "ipv6" : "ipv4");
  return list;
}

export const addressIn = (nets: Nets, address: string): boolean =>
  nets.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
