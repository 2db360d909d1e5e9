import { type BusNet, originalOf } from "../map/road-map.ts";

/**
 * The customizable contraction hierarchy over arcs, without weights (Dibbelt, Strasser & Wagner 2016, ACM JEA 21). Its vertices are arcs by rank,
 * so that turn costs and restrictions are edges like any other (Buchhold, Wagner, Zeitz & Zündorf 2020). Contracting vertices in order of rank joins
 * the higher neighbours of each; what is kept of that is the set of edges from every vertex to higher ones.
 */
export interface Hierarchy {
  /** Rank of each arc. */
  readonly rank: Uint32Array;
  /** Higher neighbours of the vertex of rank v: `heads[firstEdge[v]] … heads[firstEdge[v + 1] − 1]`, ascending. The first is its parent in the elimination tree. */
  readonly firstEdge: Uint32Array;
  readonly heads: Uint32Array;
  /** For each turn the edge that carries it, times 2, plus 1 when it leads from the higher vertex to the lower; `NO_EDGE` for turns of no use. */
  readonly turnEdge: Uint32Array;
}

export const NO_EDGE = 0xffff_ffff;

type Turns = Pick<BusNet, "turnStart" | "turnTo" | "alive" | "copyOf">;

/**
 * Contracts arcs in an order. Every arc is joined with the way back too, since closures can make any street a dead end: with them
 * only `edgesOfTurns` is asked for anew.
 *
 * @param order arcs, least important first
 * @param net   its turns, all of which may have a weight later
 */
export function contract(order: Uint32Array, net: Turns): Hierarchy {
  const rank = new Uint32Array(order.length);
  order.forEach((arc, v) => {
    rank[arc] = v;
  });
  const { firstEdge, heads } = eliminate(higherNeighbours(rank, net));
  return { rank, firstEdge, heads, turnEdge: edgesOfTurns({ rank, firstEdge, heads }, net) };
}

/** `Hierarchy.turnEdge` for a net's turns, each of them one that was contracted or a turn back. */
export function edgesOfTurns(
  { rank, firstEdge, heads }: Pick<Hierarchy, "rank" | "firstEdge" | "heads">,
  { turnStart, turnTo, alive }: Turns,
): Uint32Array {
  const turnEdge = new Uint32Array(turnTo.length).fill(NO_EDGE);
  for (let arc = 0; arc < rank.length; arc++) {
    for (let turn = turnStart[arc]!; turn < turnStart[arc + 1]!; turn++) {
      const to = turnTo[turn]!;
      if (to === arc || alive[arc] === 0 || alive[to] === 0) continue;
      const [low, high] = rank[arc]! < rank[to]! ? [rank[arc]!, rank[to]!] : [rank[to]!, rank[arc]!];
      turnEdge[turn] = 2 * edgeBetween(firstEdge, heads, low, high) + (low === rank[arc] ? 0 : 1);
    }
  }
  return turnEdge;
}

/** Edge from a vertex to a higher one that is known to be its neighbour, by binary search. */
function edgeBetween(firstEdge: Uint32Array, heads: Uint32Array, low: number, high: number): number {
  let from = firstEdge[low]!;
  let to = firstEdge[low + 1]! - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (heads[middle]! < high) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** For every vertex the higher ones that a turn joins it with, in either direction; may repeat. */
function higherNeighbours(rank: Uint32Array, { turnStart, turnTo, alive, copyOf }: Turns): number[][] {
  const higher: number[][] = Array.from({ length: rank.length }, () => []);
  const join = (arc: number, other: number) => {
    const [a, b] = [rank[arc]!, rank[other]!];
    if (a !== b && alive[arc] === 1 && alive[other] === 1) higher[Math.min(a, b)]!.push(Math.max(a, b));
  };
  for (let arc = 0; arc < rank.length; arc++) {
    for (let turn = turnStart[arc]!; turn < turnStart[arc + 1]!; turn++) join(arc, turnTo[turn]!);
    join(arc, originalOf({ copyOf }, arc) ^ 1);
  }
  return higher;
}

/** Symbolic elimination: a vertex hands its higher neighbours on to the lowest of them. */
function eliminate(higher: number[][]): { firstEdge: Uint32Array; heads: Uint32Array } {
  const firstEdge = new Uint32Array(higher.length + 1);
  const lists: Uint32Array[] = [];
  let edges = 0;
  for (let v = 0; v < higher.length; v++) {
    const sorted = Uint32Array.from(higher[v]!).sort();
    let count = 0;
    for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i]!;
    const list = sorted.subarray(0, count);
    const parent = higher[list[0] ?? -1];
    if (parent) for (let i = 1; i < count; i++) parent.push(list[i]!);
    higher[v] = [];
    lists.push(list);
    edges += count;
    firstEdge[v + 1] = edges;
  }
  const heads = new Uint32Array(edges);
  lists.forEach((list, v) => {
    heads.set(list, firstEdge[v]!);
  });
  return { firstEdge, heads };
}
