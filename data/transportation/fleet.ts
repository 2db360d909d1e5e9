import type { LatLon, TableRow } from "@trivium/model";
import { nearestIndex } from "../people/homes.ts";
import { moved } from "../town/plane.ts";
import { middleOf, type StreetPiece } from "../town/streets.ts";

type BusType = TableRow<"bus_types">;
type Bus = TableRow<"buses">;

/** What the district runs: newer and older diesels, a few electric and propane buses, and small buses with a lift. */
export const BUS_TYPES: readonly (BusType & { readonly count: number })[] = [
  conventional("D77", 30, { fixed: 41_500, mile: 0.86, mpg: 7.4, co2: 10.18 }),
  conventional("D77-OLD", 10, { fixed: 36_000, mile: 1.34, mpg: 6.1, co2: 10.18 }),
  {
    ...conventional("E77", 5, { fixed: 52_000, mile: 0.48, mpg: 17, co2: 0 }),
    fuel: "electric",
    kwh_per_mile: 1.85,
    range_miles: 105,
  },
  {
    ...conventional("P53", 6, { fixed: 37_500, mile: 0.9, mpg: 5.6, co2: 5.72 }),
    fuel: "propane",
    benches: 16,
    height_m: 3,
    weight_t: 9,
  },
  {
    bus_type_id: "LIFT",
    benches: 8,
    wheelchair_positions: 4,
    lift: true,
    cost_fixed_usd: 44_000,
    cost_per_mile_usd: 0.97,
    cost_per_hour_usd: 33,
    mpg: 8.8,
    fuel: "gasoline",
    co2_kg_per_gallon: 8.89,
    height_m: 2.9,
    weight_t: 6.4,
    count: 11,
  },
];

interface Costs {
  readonly fixed: number;
  readonly mile: number;
  readonly mpg: number;
  readonly co2: number;
}

function conventional(id: string, count: number, costs: Costs): BusType & { readonly count: number } {
  return {
    bus_type_id: id,
    benches: 24,
    wheelchair_positions: 0,
    lift: false,
    cost_fixed_usd: costs.fixed,
    cost_per_mile_usd: costs.mile,
    cost_per_hour_usd: 31,
    mpg: costs.mpg,
    fuel: "diesel",
    co2_kg_per_gallon: costs.co2,
    height_m: 3.2,
    weight_t: 13.5,
    count,
  };
}

export const FUEL: readonly TableRow<"fuel">[] = [
  { fuel: "diesel", price_usd: 3.89 },
  { fuel: "gasoline", price_usd: 3.34 },
  { fuel: "propane", price_usd: 2.18 },
  { fuel: "electric", price_usd: 0.14 },
];

/** Two yards on larger roads, one south and one north-east of the middle of the schools. */
export function depots(pieces: readonly StreetPiece[], middle: LatLon): TableRow<"depots">[] {
  const roads = pieces.filter((piece) => piece.roadClass === "tertiary" && piece.lengthM > 40).map(middleOf);
  const near = (east: number, north: number) => {
    const { lat, lon } = roads[nearestIndex(moved(middle, east, north), roads)];
    return { lat: Math.round(lat * 1e6) / 1e6, lon: Math.round(lon * 1e6) / 1e6 };
  };
  return [
    { depot_id: "SOUTH", ...near(400, -2600) },
    { depot_id: "NORTH", ...near(2600, 2300) },
  ];
}

/** Buses by type, two of three at the south yard; the two oldest propane buses are let to a day program around noon. */
export function buses(): Bus[] {
  let index = 0;
  return BUS_TYPES.flatMap(({ bus_type_id, count }) =>
    Array.from({ length: count }, (_, each): Bus => {
      index++;
      return {
        bus_id: `B${String(index).padStart(2, "0")}`,
        bus_type_id,
        depot_id: index % 3 === 0 ? "NORTH" : "SOUTH",
        ...(bus_type_id === "P53" && each >= 4 ? { available_to: 11 * 3600 } : {}),
      };
    }),
  );
}

/** One driver a bus and some spare; one in eight drives mornings only. */
export function drivers(fleet: readonly Bus[]): TableRow<"drivers">[] {
  return Array.from({ length: fleet.length - 6 }, (_, index) => ({
    driver_id: `DR${String(index + 1).padStart(2, "0")}`,
    depot_id: fleet[index % fleet.length].depot_id,
    hours_guaranteed: index % 4 === 0 ? 6 : 4,
    hours_max: 9,
    available: index % 8 === 7 ? (["AM"] as const).slice() : (["AM", "PM"] as const).slice(),
  }));
}
