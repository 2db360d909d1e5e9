import { type DriveLeg, type LatLon, METRES_PER_MILE, parseClock, type RoadNetwork } from "@trivium/model";
import type { Report } from "../../report.ts";
import { drivesBetween, judgedLeg } from "../kerbs.ts";
import { type PieceReading, placeOf, type RoutingReading } from "../reading.ts";

/** Every deadhead, driven again: from the depot, between runs, back to the depot. */
export async function checkDeadheads(reading: RoutingReading, report: Report): Promise<void> {
  for (const piece of reading.pieces) {
    const depot = reading.depots.get(reading.buses.get(piece.busId)?.depot_id ?? "");
    if (!depot) continue;
    for (let index = 0; index < piece.steps.length; index++) await checkStep(reading, report, piece, index, depot);
  }
}

async function checkStep(
  reading: RoutingReading,
  report: Report,
  piece: PieceReading,
  index: number,
  depot: LatLon,
): Promise<void> {
  const { row, run } = piece.steps[index];
  const before = piece.steps[index - 1]?.run?.stays.at(-1);
  const next = run?.stays[0];
  const from = before ? placeOf(before) : depot;
  const to = row.run_id ? next && placeOf(next) : depot;
  if (!from || !to || (!before && !next)) return;
  const { roads } = reading;
  const drives = (sources: readonly LatLon[], targets: readonly LatLon[]) =>
    before
      ? drivesBetween(roads, sources, targets, before.depart)
      : pullOuts(roads, sources, targets, next?.arrive ?? 0, row.deadhead_s ?? 0);
  const leg = before
    ? (await roads.drive([from, to], before.depart)).legs[0]
    : await pullOut(roads, from, to, next?.arrive ?? 0, row.deadhead_s ?? 0);
  const claimed = { seconds: row.deadhead_s ?? 0, metres: row.deadhead_m ?? 0 };
  const judged = await judgedLeg(reading, [from, to], claimed, leg, drives);
  const where = { bus: piece.busId, seq: row.seq };
  const agree = (
    name: string,
    claimed: number | undefined,
    actual: number,
    tolerance: { absolute: number; relative: number },
  ) =>
    report.agree(
      "routing.deadheads",
      claimed,
      actual,
      tolerance,
      `${name} of bus ${piece.busId}, row ${row.seq}`,
      where,
    );
  agree("deadhead_s", row.deadhead_s, judged.durationS, judged.seconds);
  agree("deadhead_m", row.deadhead_m, judged.distanceM, judged.metres);
  agree("deadhead_miles", row.deadhead_miles, (row.deadhead_m ?? 0) / METRES_PER_MILE, {
    absolute: 0.0051,
    relative: 0,
  });
  agree("deadhead_min", row.deadhead_min, (row.deadhead_s ?? 0) / 60, { absolute: 0.051, relative: 0 });
}

/**
 * The drive from the depot that arrives in time: it sets off `claimedS` before, in the time band of that moment. Where that band's drive would
 * have to set off before the band begins, the bus leaves as the band before ends, and waits.
 */
async function pullOut(
  roads: RoadNetwork,
  from: LatLon,
  to: LatLon,
  arriveS: number,
  claimedS: number,
): Promise<DriveLeg> {
  const starts = roads.identity.bands.map((band) => parseClock(band) ?? 0);
  const startS = starts.findLast((start) => start <= arriveS - claimedS) ?? 0;
  const [own] = (await roads.drive([from, to], startS)).legs;
  if (arriveS - own.durationS >= startS) return own;
  return (await roads.drive([from, to], startS - 1)).legs[0];
}

/** `pullOut` from each of some places to each of others. */
async function pullOuts(
  roads: RoadNetwork,
  sources: readonly LatLon[],
  targets: readonly LatLon[],
  arriveS: number,
  claimedS: number,
): Promise<DriveLeg[]> {
  const pairs = sources.flatMap((from) => targets.map((to) => [from, to] as const));
  return Promise.all(pairs.map(([from, to]) => pullOut(roads, from, to, arriveS, claimedS)));
}
