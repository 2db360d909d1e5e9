import type { Direction, Ride, RoutingSettings, Visit } from "../problem.ts";

/** Shares of the largest bus that one visit may fill: a crowded stop becomes several visits, which may still ride together. */
const CHUNK = 0.5;

/**
 * Groups the rides of a direction into visits: same school, same place, grades that may sit together, at most half of the largest bus.
 * @param allowed for each ride the longest ride at its place, seconds
 */
export function visitsOf(
  rides: readonly Ride[],
  direction: Direction,
  allowedS: (ride: Ride) => number,
  gradeShares: Int32Array,
  largestBenches: number,
  settings: RoutingSettings,
): Visit[] {
  const groups = new Map<string, number[]>();
  rides.forEach((ride, index) => {
    if (ride.direction !== direction) return;
    // Riders of one run before stay together, so that the run can.
    const key = `${ride.school}\t${ride.place}\t${ride.before?.runId ?? ""}`;
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  const visits: Visit[] = [];
  for (const group of groups.values()) {
    for (const chunk of chunksOf(group, rides, gradeShares, largestBenches * CHUNK)) {
      const { school, place } = rides[chunk[0]];
      const wheelchairs = chunk.filter((ride) => rides[ride].wheelchair).length;
      visits.push({
        place,
        school,
        rides: chunk,
        rideMaxS: Math.min(...chunk.map((ride) => allowedS(rides[ride]))),
        dwellS: Math.ceil(
          settings.dwellS + chunk.length * settings.dwellPerRiderS + wheelchairs * settings.dwellWheelchairS,
        ),
      });
    }
  }
  return visits;
}

function chunksOf(
  group: readonly number[],
  rides: readonly Ride[],
  gradeShares: Int32Array,
  benchesMax: number,
): number[][] {
  const chunks: { members: number[]; benches: number; grades: number }[] = [];
  for (const index of [...group].sort((a, b) => rides[a].grade - rides[b].grade || a - b)) {
    const ride = rides[index];
    const home = chunks.find(
      (chunk) =>
        chunk.benches + ride.benches <= benchesMax &&
        (chunk.grades & ~gradeShares[ride.grade]) === 0 &&
        !ride.wheelchair,
    );
    if (home) {
      home.members.push(index);
      home.benches += ride.benches;
      home.grades |= 1 << ride.grade;
    } else chunks.push({ members: [index], benches: ride.benches, grades: 1 << ride.grade });
  }
  return chunks.map((chunk) => chunk.members);
}
