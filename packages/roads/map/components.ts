import type { Net } from "./road-map.ts";

/**
 * Largest strongly connected set of arcs under the given turns (Tarjan 1972, with an explicit stack).
 *
 * @returns 1 for each arc in it. Arcs without turns in or out are never in it.
 */
export function largestStrongPart(arcs: number, turnStart: Uint32Array, turnTo: Uint32Array): Uint8Array {
  const index = new Int32Array(arcs).fill(-1);
  const low = new Int32Array(arcs);
  const part = new Int32Array(arcs).fill(-1);
  const next = turnStart.slice(0, arcs);
  const path: number[] = [];
  const open: number[] = [];
  const sizes: number[] = [];
  let count = 0;
  const enter = (arc: number) => {
    index[arc] = low[arc] = count++;
    path.push(arc);
    open.push(arc);
  };
  const close = (arc: number) => {
    let size = 0;
    for (let member = -1; member !== arc; size++) {
      member = open.pop()!;
      part[member] = sizes.length;
    }
    sizes.push(size);
  };
  for (let root = 0; root < arcs; root++) {
    if (index[root] !== -1) continue;
    enter(root);
    while (path.length > 0) {
      const arc = path.at(-1)!;
      if (next[arc]! < turnStart[arc + 1]!) {
        const onward = turnTo[next[arc]!++]!;
        if (index[onward] === -1) enter(onward);
        else if (part[onward] === -1) low[arc] = Math.min(low[arc]!, index[onward]!);
        continue;
      }
      path.pop();
      const before = path.at(-1);
      if (before !== undefined) low[before] = Math.min(low[before]!, low[arc]!);
      if (low[arc] === index[arc]) close(arc);
    }
  }
  const largest = sizes.indexOf(sizes.reduce((a, b) => Math.max(a, b), 0));
  const size = sizes[largest] ?? 0;
  return Uint8Array.from(part, (each) => (size > 1 && each === largest ? 1 : 0));
}

/** A part of the walking net shorter than this is an island (a courtyard, a platform): nobody's way anywhere. */
const ISLAND_M = 1000;

/** 1 for each street that can be walked and hangs together with at least `ISLAND_M` of others. A net that has no such part keeps its longest. */
export function walkableParts(net: Net, walkable: (street: number) => boolean): Uint8Array {
  const parent = Uint32Array.from(net.nodeOsmId, (_, node) => node);
  const root = (node: number): number => {
    while (parent[node] !== node) {
      parent[node] = parent[parent[node]!]!;
      node = parent[node]!;
    }
    return node;
  };
  const streets = net.from.length;
  for (let k = 0; k < streets; k++) if (walkable(k)) parent[root(net.from[k]!)] = root(net.to[k]!);
  const total = new Float64Array(parent.length);
  for (let k = 0; k < streets; k++) if (walkable(k)) total[root(net.from[k]!)]! += net.lengthM[k]!;
  const enough = Math.min(
    ISLAND_M,
    total.reduce((a, b) => Math.max(a, b), 0),
  );
  return Uint8Array.from({ length: streets }, (_, k) => (walkable(k) && total[root(net.from[k]!)]! >= enough ? 1 : 0));
}
