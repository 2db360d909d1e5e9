import { beforeOfVisit } from "../halfday/before.ts";
import { LOCK } from "../halfday/half-day.ts";
import type { Direction, RideBefore, RoutingProblem } from "../problem.ts";

/** What of the service before goes on in a run or a piece: an id, how many of the riders had it, whether one of them is locked to it. */
export interface Claim {
  readonly id: string;
  readonly riders: number;
  readonly locked: boolean;
}

/** Claims of some visits on buses (or runs) of the service before, strongest first; none where nothing is to change little. */
export function claimsOf(
  problem: RoutingProblem,
  direction: Direction,
  visits: readonly number[],
  idOf: (before: RideBefore) => string,
): Claim[] {
  if (!problem.baseline) return [];
  const claims = new Map<string, { id: string; riders: number; locked: boolean }>();
  for (const visit of visits) {
    const { rides } = problem.visits[direction][visit];
    const before = beforeOfVisit(problem, rides);
    if (!before) continue;
    const claim = claims.get(idOf(before)) ?? { id: idOf(before), riders: 0, locked: false };
    claim.riders += rides.length;
    claim.locked ||= rides.some((ride) => (problem.rides[ride].before?.lock ?? LOCK.none) > LOCK.none);
    claims.set(claim.id, claim);
  }
  return [...claims.values()].sort(stronger);
}

const stronger = (a: Claim, b: Claim): number =>
  Number(b.locked) - Number(a.locked) || b.riders - a.riders || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Gives each id to the claimant with the strongest claim on it, one id a claimant. @returns id by claimant, undefined where it has none */
export function settleClaims(
  claims: readonly (readonly Claim[])[],
  free: (id: string) => boolean,
): (string | undefined)[] {
  const given: (string | undefined)[] = claims.map(() => undefined);
  const taken = new Set<string>();
  const all = claims.flatMap((list, claimant) => list.map((claim) => ({ claim, claimant })));
  all.sort((a, b) => stronger(a.claim, b.claim) || a.claimant - b.claimant);
  for (const { claim, claimant } of all) {
    if (given[claimant] !== undefined || taken.has(claim.id) || !free(claim.id)) continue;
    given[claimant] = claim.id;
    taken.add(claim.id);
  }
  return given;
}
