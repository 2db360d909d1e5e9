import type { TimetableInstance } from "@trivium/model";
import { FIRST_OF_GROUPS, KINDS, kindCode, looksAtTravel } from "../constraints/index.ts";
import { offsets } from "./compile.ts";
import type { Groups, Links } from "./kernel.ts";

interface Link {
  readonly from: number;
  readonly to: number;
  readonly code: number;
  readonly parameter: number;
  readonly second: 0 | 1;
  cost: number;
}

/** Kinds whose order of classes matters. */
const PRECEDENCE = KINDS.indexOf("Precedence");

/** Distribution constraints as links between pairs and groups of classes; equal links are joined. */
export function compileDistributions(
  instance: TimetableInstance,
  classAt: ReadonlyMap<string, number>,
): { links: Links; groups: Groups } {
  const links = new Map<string, Link>();
  const groups: { code: number; parameters: readonly number[]; hard: boolean; penalty: number; members: number[] }[] =
    [];
  for (const { kind, parameters, required, penalty, classes } of instance.distributions) {
    const code = kindCode(kind);
    const members = classes.map((id) => classAt.get(id) as number);
    const cost = required ? 0 : penalty * instance.weights.distribution;
    if (!required && cost === 0) continue;
    if (code >= FIRST_OF_GROUPS) {
      groups.push({ code, parameters, hard: required, penalty, members });
      continue;
    }
    for (let i = 0; i < members.length; i++)
      for (let j = i + 1; j < members.length; j++)
        addPair(links, members[i], members[j], code, parameters[0] ?? 0, cost);
  }
  return { links: flatLinks([...links.values()], classAt.size), groups: flatGroups(groups, classAt.size) };
}

function addPair(links: Map<string, Link>, a: number, b: number, code: number, parameter: number, cost: number): void {
  for (const [from, to, second] of [
    [a, b, 0],
    [b, a, 1],
  ] as const) {
    const key = `${from} ${to} ${code} ${parameter} ${code === PRECEDENCE ? second : 0} ${cost === 0}`;
    const known = links.get(key);
    if (known) known.cost += cost;
    else links.set(key, { from, to, code, parameter, second, cost });
  }
}

function flatLinks(all: readonly Link[], classes: number): Links {
  const byClass = Array.from({ length: classes }, (): Link[] => []);
  for (const link of all) byClass[link.from].push(link);
  const rank = ({ cost, code }: Link) => (cost > 0 ? 2 : 0) + (looksAtTravel(code) ? 0 : 1);
  for (const list of byClass) list.sort((x, y) => rank(x) - rank(y));
  const from = offsets(byClass.map((list) => list.length));
  const flat = byClass.flat();
  const upTo = (last: number) =>
    Int32Array.from(byClass, (list, c) => from[c] + list.filter((link) => rank(link) <= last).length);
  return {
    from,
    hardTravelTo: upTo(0),
    hardTo: upTo(1),
    softTravelTo: upTo(2),
    other: Int32Array.from(flat, ({ to }) => to),
    code: Int32Array.from(flat, ({ code }) => code),
    parameter: Int32Array.from(flat, ({ parameter }) => parameter),
    second: Uint8Array.from(flat, ({ second }) => second),
    cost: Int32Array.from(flat, ({ cost }) => cost),
  };
}

function flatGroups(
  all: readonly { code: number; parameters: readonly number[]; hard: boolean; penalty: number; members: number[] }[],
  classes: number,
): Groups {
  const ofClass = Array.from({ length: classes }, (): number[] => []);
  all.forEach(({ members }, g) => {
    for (const c of members) ofClass[c].push(g);
  });
  return {
    count: all.length,
    code: Int32Array.from(all, ({ code }) => code),
    first: Int32Array.from(all, ({ parameters }) => parameters[0]),
    second: Int32Array.from(all, ({ parameters }) => parameters[1] ?? 0),
    hard: Uint8Array.from(all, ({ hard }) => Number(hard)),
    penalty: Int32Array.from(all, ({ penalty }) => penalty),
    memberFrom: offsets(all.map(({ members }) => members.length)),
    member: Int32Array.from(all.flatMap(({ members }) => members)),
    ofFrom: offsets(ofClass.map((list) => list.length)),
    of: Int32Array.from(ofClass.flat()),
  };
}
