import type { LatLon, TableRow } from "@trivium/model";
import type { Ride } from "../rides.ts";
import type { Boarding, StopPoint } from "../stops.ts";
import type { Travel } from "../travel.ts";

/** One school as its dispatcher sees it: its bells, where its buses stand, and the drives between that and its stops. */
export interface SchoolDesk {
  readonly bell: TableRow<"bells">;
  readonly door: LatLon;
  /** Point 0 is the door; the others are `calls` in order, offset by one. */
  readonly travel: Travel;
  readonly calls: readonly Call[];
}

export interface Rider {
  readonly ride: Ride;
  readonly boarding: Boarding;
}

/** A stop of one school with those who board there in the morning and alight there in the afternoon. */
export interface Call {
  readonly stop: StopPoint;
  /** Its point in the desk's travel. */
  readonly point: number;
  readonly AM: readonly Rider[];
  readonly PM: readonly Rider[];
}

/** The stops that one bus calls at, in morning order; the afternoon goes the other way round. */
export interface Crew {
  readonly desk: SchoolDesk;
  readonly lift: boolean;
  readonly calls: readonly Call[];
}

const benchesOf = (riders: readonly Rider[]): number =>
  riders.reduce((sum, { ride }) => sum + (ride.wheelchair ? 0 : (ride.rule.seats_per_rider ?? 0.5)), 0);

const inDirection = (calls: readonly Call[], direction: "AM" | "PM"): Rider[] =>
  calls.flatMap((call) => call[direction]);

/** Benches needed in the fuller direction. */
export const benchesNeeded = (calls: readonly Call[]): number =>
  Math.max(benchesOf(inDirection(calls, "AM")), benchesOf(inDirection(calls, "PM")));

export const wheelchairs = (calls: readonly Call[]): number => {
  const count = (direction: "AM" | "PM") => inDirection(calls, direction).filter(({ ride }) => ride.wheelchair).length;
  return Math.max(count("AM"), count("PM"));
};
