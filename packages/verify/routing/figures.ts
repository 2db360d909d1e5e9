import { METRES_PER_MILE } from "@trivium/model";
import type { Report } from "../report.ts";
import { changeFigures } from "./changes.ts";
import { rideKey } from "./demand.ts";
import type { PieceReading, RoutingReading } from "./reading.ts";
import { pieceSpan } from "./rules/availability.ts";

/** What `metrics.json` has at least. */
const REQUIRED = [
  "buses_used",
  "runs",
  "riders_served",
  "riders_unserved",
  "rides_served",
  "rides_unserved",
  "stops_used",
  "ride_min_mean",
  "ride_min_p95",
  "ride_min_max",
  "walk_m_mean",
  "walk_m_p95",
  "walk_m_max",
  "miles_per_day",
  "deadhead_miles_per_day",
  "hours_per_day",
  "cost_usd_per_year",
  "cost_fixed_usd_per_year",
  "fuel_usd_per_year",
  "fuel_gallons_per_year",
  "electric_kwh_per_year",
  "co2_kg_per_year",
  "status",
  "draft",
] as const;

/** Figures are reported to two decimals; minutes may be taken from the exact times or from the rounded column. */
const CENTS = { absolute: 0.011, relative: 1e-6 };
const MINUTES = { absolute: 0.06, relative: 0 };

/** Recomputes every figure from the plan's tables, which the rules have held against roads and district. */
export function checkFigures(reading: RoutingReading, report: Report): void {
  countFigures(reading, report);
  serviceFigures(reading, report);
  costFigures(reading, report);
  const changes = changeFigures(reading, report);
  report.compareMetrics(reading.plan.metrics, [...REQUIRED, ...changes]);
}

function countFigures({ plan, pieces }: RoutingReading, report: Report): void {
  const { assignments, runs } = plan.decisions;
  const buses = new Set(pieces.map((piece) => piece.busId)).size;
  report.figure("buses_used", buses);
  report.figure("runs", runs.length);
  report.figure("runs_per_bus", buses === 0 ? 0 : runs.length / buses, CENTS);
  report.figure("riders_served", new Set(assignments.map((row) => row.student_id)).size);
  report.figure("riders_unserved", new Set(plan.unmet.map((row) => row.student_id)).size);
  report.figure("rides_served", assignments.length);
  report.figure("rides_unserved", plan.unmet.length);
  report.figure("stops_used", new Set(assignments.map((row) => row.stop_id)).size);
}

function serviceFigures({ plan, demand }: RoutingReading, report: Report): void {
  const { assignments } = plan.decisions;
  const rides = assignments.map((row) => ((row.alight ?? 0) - (row.board ?? 0)) / 60);
  const walks = assignments
    .filter((row) => !demand.get(rideKey(row.student_id, row.direction))?.atHome)
    .map((row) => row.walk_m ?? 0);
  spread(report, "ride_min", rides, MINUTES);
  spread(report, "walk_m", walks, CENTS);
}

/** Mean, 95th percentile (nearest rank) and largest. */
function spread(report: Report, name: string, values: readonly number[], tolerance: typeof CENTS): void {
  const sorted = values.toSorted((a, b) => a - b);
  const count = sorted.length;
  report.figure(`${name}_mean`, count === 0 ? 0 : sorted.reduce((sum, value) => sum + value, 0) / count, tolerance);
  report.figure(`${name}_p95`, count === 0 ? 0 : sorted[Math.ceil(0.95 * count) - 1], tolerance);
  report.figure(`${name}_max`, count === 0 ? 0 : sorted[count - 1], tolerance);
}

/** Miles and hours of one piece, depot to depot, or without the pulls where `count_pull` is false. */
function pieceWork(piece: PieceReading, countPull: boolean): { miles: number; deadheadMiles: number; hours: number } {
  const { steps } = piece;
  const span = pieceSpan(piece);
  const isPull = (index: number) => index === 0 || !steps[index].row.run_id;
  const counted = steps.filter((_, index) => countPull || !isPull(index));
  const deadheadM = counted.reduce((sum, { row }) => sum + (row.deadhead_m ?? 0), 0);
  const runM = steps.flatMap(({ run }) => run?.stays ?? []).reduce((sum, stay) => sum + (stay.leg_m ?? 0), 0);
  const pullS = steps.filter((_, index) => isPull(index)).reduce((sum, { row }) => sum + (row.deadhead_s ?? 0), 0);
  const outS = span ? span.backS - span.leavesS - (countPull ? 0 : pullS) : 0;
  return {
    miles: (runM + deadheadM) / METRES_PER_MILE,
    deadheadMiles: deadheadM / METRES_PER_MILE,
    hours: outS / 3600,
  };
}

/**
 * Cost a year = Σ buses used: cost_fixed + service_days × (miles × cost_per_mile + hours × cost_per_hour + miles / mpg × fuel price,
 * or miles × kwh_per_mile × price).
 */
function costFigures({ dataset, pieces, buses, types, policy }: RoutingReading, report: Report): void {
  const prices = new Map(dataset.tables.fuel.map((row) => [row.fuel as string, row.price_usd]));
  const day = { miles: 0, deadheadMiles: 0, hours: 0, gallons: 0, kwh: 0, co2Kg: 0, fuelUsd: 0, runningUsd: 0 };
  const typeOf = (busId: string) => types.get(buses.get(busId)?.bus_type_id ?? "");
  for (const piece of pieces) {
    const type = typeOf(piece.busId);
    const work = pieceWork(piece, policy.count_pull);
    day.miles += work.miles;
    day.deadheadMiles += work.deadheadMiles;
    day.hours += work.hours;
    if (!type) continue;
    const electric = type.fuel === "electric";
    const gallons = electric ? 0 : work.miles / type.mpg;
    const kwh = electric ? work.miles * (type.kwh_per_mile ?? 0) : 0;
    const fuelUsd = (gallons + kwh) * (prices.get(type.fuel ?? "diesel") ?? 0);
    day.gallons += gallons;
    day.kwh += kwh;
    day.co2Kg += gallons * (type.co2_kg_per_gallon ?? 0);
    day.fuelUsd += fuelUsd;
    day.runningUsd += work.miles * type.cost_per_mile_usd + work.hours * type.cost_per_hour_usd + fuelUsd;
  }
  const used = new Set(pieces.map((piece) => piece.busId));
  const fixedUsd = [...used].reduce((sum, busId) => sum + (typeOf(busId)?.cost_fixed_usd ?? 0), 0);
  const days = policy.service_days;
  report.figure("miles_per_day", day.miles, CENTS);
  report.figure("deadhead_miles_per_day", day.deadheadMiles, CENTS);
  report.figure("hours_per_day", day.hours, CENTS);
  report.figure("cost_fixed_usd_per_year", fixedUsd, CENTS);
  report.figure("cost_usd_per_year", fixedUsd + days * day.runningUsd, CENTS);
  report.figure("fuel_usd_per_year", days * day.fuelUsd, CENTS);
  report.figure("fuel_gallons_per_year", days * day.gallons, CENTS);
  report.figure("electric_kwh_per_year", days * day.kwh, CENTS);
  report.figure("co2_kg_per_year", days * day.co2Kg, CENTS);
}
