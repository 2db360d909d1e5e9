import type { LeastDrive, Ride } from "../problem.ts";
import type { Eligible } from "./eligibility.ts";

/** A ride that has found its place. */
export function rideOf(
  ride: Eligible,
  school: number,
  place: number,
  walkM: number,
  reach: Ride["reach"],
  least: LeastDrive,
): Ride {
  return {
    studentId: ride.studentId,
    direction: ride.direction,
    school,
    grade: ride.grade,
    benches: ride.benches,
    wheelchair: ride.wheelchair,
    rideMaxS: ride.rideMaxS,
    atHome: ride.atHome,
    place,
    walkM,
    reach,
    least,
  };
}
