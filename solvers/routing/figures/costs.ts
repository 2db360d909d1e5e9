import { METRES_PER_MILE, type Metrics } from "@trivium/model";
import type { RoutingProblem } from "../problem.ts";
import type { Piece } from "./pieces.ts";

/**
 * Cost a year = Σ buses used: cost_fixed + service_days × (miles × cost_per_mile + hours × cost_per_hour + miles / mpg × fuel price, or miles × kwh_per_mile × price).
 * Miles and hours run from depot to depot, AM and PM pieces apart; without the pulls where count_pull is false.
 */
export function costsOf(problem: RoutingProblem, pieces: readonly Piece[]): Metrics {
  const { settings } = problem;
  const types = new Map(problem.types.map((type) => [type.id, type]));
  const total = {
    miles: 0,
    deadheadMiles: 0,
    hours: 0,
    fixedUsd: 0,
    fuelUsd: 0,
    runningUsd: 0,
    gallons: 0,
    kwh: 0,
    co2Kg: 0,
  };
  for (const busId of new Set(pieces.map((piece) => piece.busId)))
    total.fixedUsd += types.get(problem.typeOfBus[busId])?.costFixedUsd ?? 0;
  for (const piece of pieces) {
    const type = types.get(problem.typeOfBus[piece.busId]);
    const deadheadMiles = (piece.deadheadM + (settings.countPull ? piece.pullM : 0)) / METRES_PER_MILE;
    const miles = piece.runM / METRES_PER_MILE + deadheadMiles;
    const hours = (piece.onDutyS + (settings.countPull ? piece.pullS : 0)) / 3600;
    total.miles += miles;
    total.deadheadMiles += deadheadMiles;
    total.hours += hours;
    if (!type) continue;
    const gallons = type.electric ? 0 : miles / type.mpg;
    const kwh = type.electric ? miles * type.kwhPerMile : 0;
    const fuelUsd = (gallons + kwh) * type.fuelPriceUsd;
    total.gallons += gallons;
    total.kwh += kwh;
    total.co2Kg += gallons * type.co2KgPerGallon;
    total.fuelUsd += fuelUsd;
    total.runningUsd += miles * type.costPerMileUsd + hours * type.costPerHourUsd + fuelUsd;
  }
  const days = settings.serviceDays;
  return {
    miles_per_day: rounded(total.miles),
    deadhead_miles_per_day: rounded(total.deadheadMiles),
    hours_per_day: rounded(total.hours),
    cost_usd_per_year: rounded(total.fixedUsd + days * total.runningUsd),
    cost_fixed_usd_per_year: rounded(total.fixedUsd),
    fuel_usd_per_year: rounded(days * total.fuelUsd),
    fuel_gallons_per_year: rounded(days * total.gallons),
    electric_kwh_per_year: rounded(days * total.kwh),
    co2_kg_per_year: rounded(days * total.co2Kg),
  };
}

export const rounded = (value: number): number => Math.round(value * 100) / 100;
