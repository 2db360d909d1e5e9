import { type Costs, UNREACHABLE, type Vehicle, type VrpProblem } from "./problem.ts";

/** Drives of a vehicle take the whole-numbered durations divided by its speed factor, rounded. */
export const scaledDuration = (durationS: number, speedFactor: number): number =>
  durationS >= UNREACHABLE ? UNREACHABLE : Math.round(durationS / speedFactor);

/** Cost of one drive of a vehicle, in the caller's unit: its matrix' own, or by time and distance. */
export function driveCost({ matrices }: VrpProblem, vehicle: Vehicle, at: number): number {
  const { durationsS, distancesM, costs } = matrices[vehicle.matrix];
  if (durationsS[at] >= UNREACHABLE) return UNREACHABLE;
  if (costs) return costs[at];
  return timeAndDistanceCost(vehicle.costs, scaledDuration(durationsS[at], vehicle.speedFactor), distancesM[at]);
}

const timeAndDistanceCost = ({ perHour, perKm }: Costs, durationS: number, distanceM: number): number =>
  (perHour * durationS) / 3600 + (perKm * distanceM) / 1000;
