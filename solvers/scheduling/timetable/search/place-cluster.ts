import type { Random } from "@trivium/engine";
import { KINDS } from "../constraints/index.ts";
import type { State } from "../kernel/state.ts";

/** Hard constraints that tie classes so closely that one can hardly move without the other. */
const TIES = new Set(
  ["SameStart", "SameTime", "SameDays", "SameWeeks", "Overlap", "SameRoom"].map((kind) => KINDS.indexOf(kind as never)),
);
/** Classes placed together, at most. */
const SIZE = 6;
/** Values followed at each depth. */
const WIDTH = [10, 5, 4, 3, 3, 3];

interface Value {
  readonly t: number;
  readonly r: number;
  readonly weight: number;
}

/** Classes tied to `c` by hard constraints, it first. */
export function clusterOf(state: State, c: number): number[] {
  const { links, groups } = state.kernel;
  const cluster = [c];
  const add = (other: number) => {
    if (cluster.length < SIZE && state.locked[other] === 0 && !cluster.includes(other)) cluster.push(other);
  };
  for (let at = 0; at < cluster.length; at++) {
    const from = cluster[at];
    for (let e = links.from[from]; e < links.hardTo[from]; e++) if (TIES.has(links.code[e])) add(links.other[e]);
    for (let i = groups.ofFrom[from]; i < groups.ofFrom[from + 1]; i++) {
      const g = groups.of[i];
      if (groups.hard[g] === 1 && groups.memberFrom[g + 1] - groups.memberFrom[g] <= SIZE)
        for (let m = groups.memberFrom[g]; m < groups.memberFrom[g + 1]; m++) add(groups.member[m]);
    }
  }
  return cluster;
}

/**
 * Finds values for a cluster of classes that go with each other, such that the other classes in their way weigh little: depth first, the best few
 * values of each class. The cluster is taken out before and left out.
 *
 * @returns for each class of the cluster the entries of its time and room, or undefined where none was found
 */
export function clusterValues(state: State, cluster: readonly number[], random: Random): readonly Value[] | undefined {
  const { kernel } = state;
  const chosen: Value[] = [];
  let best: readonly Value[] | undefined;
  let bestWeight = Infinity;
  const descend = (depth: number, weight: number): void => {
    if (depth === cluster.length) {
      [best, bestWeight] = [chosen.slice(), weight];
      return;
    }
    const c = cluster[depth];
    for (const value of lightest(state, c, bestWeight - weight, WIDTH[depth], random)) {
      if (weight + value.weight >= bestWeight) return;
      state.place(
        c,
        kernel.timeOf[value.t],
        kernel.timeCost[value.t],
        kernel.roomOf[value.r],
        kernel.roomCost[value.r],
      );
      state.locked[c] = 1;
      chosen.push(value);
      descend(depth + 1, weight + value.weight);
      chosen.pop();
      state.locked[c] = 0;
      state.remove(c);
    }
  };
  descend(0, 0);
  return best;
}

/** The values of a class with the lightest conflicts, lightest first, equal ones by lot. */
function lightest(state: State, c: number, most: number, width: number, random: Random): Value[] {
  const { kernel, found } = state;
  const kept: Value[] = [];
  for (let t = kernel.timeFrom[c]; t < kernel.timeFrom[c + 1]; t++)
    for (let r = kernel.roomFrom[c]; r < kernel.roomFrom[c + 1]; r++) {
      const bar = kept.length === width ? Math.min(most, kept[width - 1].weight) : most;
      const count = state.conflicts(c, kernel.timeOf[t], kernel.roomOf[r], bar, true);
      if (count < 0) continue;
      let weight = random.unit();
      for (let k = 0; k < count; k++) weight += state.weight[found[k]];
      if (weight >= bar) continue;
      if (kept.length === width) kept.pop();
      let at = kept.length;
      while (at > 0 && kept[at - 1].weight > weight) at--;
      kept.splice(at, 0, { t, r, weight });
    }
  return kept;
}
