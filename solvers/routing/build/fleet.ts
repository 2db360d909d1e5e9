import { type Dataset, METRES_PER_MILE, type TableRow } from "@trivium/model";
import { ALL_DAY } from "../halfday/half-day.ts";
import type { BusKind, BusType, Driver, Place } from "../problem.ts";
import { driversOf, withDrivers } from "./drivers.ts";

/** Millionths: loads and benches are whole numbers inside, so that sums are exact. */
export const BENCH = 1_000_000;

export interface Fleet {
  readonly kinds: BusKind[];
  readonly drivers: Driver[];
  readonly types: BusType[];
  readonly typeOfBus: Record<string, string>;
}

/**
 * Buses grouped by type, depot and hours; each depot becomes a place.
 * @param place index of the place of a depot row
 */
export function fleetOf(dataset: Dataset, place: (depot: Place) => number): Fleet {
  const { tables } = dataset;
  const types = tables.bus_types.map((type) => busType(type, tables.fuel));
  const typeRows = new Map(tables.bus_types.map((type) => [type.bus_type_id, type]));
  const depots = new Map(
    tables.depots.map((depot) => [
      depot.depot_id,
      place({ id: depot.depot_id, lat: depot.lat, lon: depot.lon, title: depot.depot_id }),
    ]),
  );
  const kinds = new Map<string, BusKind & { busIds: string[] }>();
  const typeOfBus: Record<string, string> = {};
  for (const bus of tables.buses) {
    const type = typeRows.get(bus.bus_type_id);
    const depot = depots.get(bus.depot_id);
    if (!type || depot === undefined) continue;
    typeOfBus[bus.bus_id] = bus.bus_type_id;
    const key = [bus.bus_type_id, bus.depot_id, bus.available_from, bus.available_to].join("\t");
    const kind = kinds.get(key) ?? busKind(bus, type, depot);
    kind.busIds.push(bus.bus_id);
    kinds.set(key, kind);
  }
  const drivers = driversOf(dataset);
  const all = [...kinds.values()].map((kind) => ({
    ...kind,
    most: { AM: kind.busIds.length, PM: kind.busIds.length },
  }));
  return { kinds: withDrivers(all, drivers), drivers, types, typeOfBus };
}

function busKind(bus: TableRow<"buses">, type: TableRow<"bus_types">, depot: number): BusKind & { busIds: string[] } {
  const lift = type.lift ?? false;
  return {
    typeId: type.bus_type_id,
    depotId: bus.depot_id,
    depot,
    busIds: [],
    most: { AM: 0, PM: 0 },
    dutyMaxS: { AM: ALL_DAY, PM: ALL_DAY },
    benches: Math.round(type.benches * BENCH),
    wheelchairs: lift ? (type.wheelchair_positions ?? 0) : 0,
    fromS: bus.available_from ?? -ALL_DAY,
    toS: bus.available_to ?? ALL_DAY,
    rangeM: type.range_miles === undefined ? Infinity : type.range_miles * METRES_PER_MILE,
    costFixedUsd: type.cost_fixed_usd,
  };
}

function busType(type: TableRow<"bus_types">, prices: readonly TableRow<"fuel">[]): BusType {
  const fuel = type.fuel ?? "diesel";
  return {
    id: type.bus_type_id,
    costFixedUsd: type.cost_fixed_usd,
    costPerMileUsd: type.cost_per_mile_usd,
    costPerHourUsd: type.cost_per_hour_usd,
    mpg: type.mpg,
    kwhPerMile: type.kwh_per_mile ?? 0,
    electric: fuel === "electric",
    fuelPriceUsd: prices.find((price) => price.fuel === fuel)?.price_usd ?? 0,
    co2KgPerGallon: type.co2_kg_per_gallon ?? 0,
  };
}
