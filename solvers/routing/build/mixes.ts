import type { TransportationSettings } from "@trivium/model";

/**
 * Which schools' riders may share a run, by `settings.mixed_loads`: row-major, symmetric, the diagonal 1; null where no two may.
 * @param ids of the schools, in the problem's order; a pair that names another school says nothing
 */
export function mixesOf(mixedLoads: TransportationSettings["mixed_loads"], ids: readonly string[]): Uint8Array | null {
  const count = ids.length;
  if (mixedLoads === undefined || mixedLoads === "never" || count < 2) return null;
  const mixes = new Uint8Array(count * count);
  if (mixedLoads === "allowed") return mixes.fill(1);
  let pairs = 0;
  for (const [a, b] of mixedLoads) {
    const [one, other] = [ids.indexOf(a), ids.indexOf(b)];
    if (one < 0 || other < 0 || one === other) continue;
    mixes[one * count + other] = 1;
    mixes[other * count + one] = 1;
    pairs++;
  }
  for (let school = 0; school < count; school++) mixes[school * count + school] = 1;
  return pairs > 0 ? mixes : null;
}
