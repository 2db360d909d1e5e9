import { routingError, routingWarning } from "../check.ts";
import { each } from "../view.ts";

const MPG_LOW = 2;
const MPG_HIGH = 30;
const KWH_LOW = 0.5;
const KWH_HIGH = 6;

export const mpgZero = routingError("mpg-zero", (view, find) => {
  for (const [type, place] of each(view, "bus_types")) {
    if (type.fuel === "electric" || type.mpg > 0) continue;
    find(place, {
      column: "mpg",
      value: type.mpg,
      message: `bus type ${type.bus_type_id} drives ${type.mpg} miles a gallon: its fuel has no end of cost`,
      expected: "miles per gallon above 0",
      mend: "give the mileage (5 to 10 for a large bus), or fuel = electric with kwh_per_mile",
    });
  }
});

export const mpgImprobable = routingWarning("mpg-improbable", (view, find) => {
  for (const [type, place] of each(view, "bus_types")) {
    if (type.fuel === "electric" || type.mpg === 0 || (type.mpg >= MPG_LOW && type.mpg <= MPG_HIGH)) continue;
    find(place, {
      column: "mpg",
      value: type.mpg,
      message: `bus type ${type.bus_type_id} drives ${type.mpg} miles a gallon`,
      expected: `from ${MPG_LOW} to ${MPG_HIGH}`,
      mend: "check the unit (miles per US gallon), correct it or acknowledge it",
    });
  }
});

export const electricWithoutUse = routingError("electric-without-kwh", (view, find) => {
  for (const [type, place] of each(view, "bus_types")) {
    if (type.fuel !== "electric" || (type.kwh_per_mile ?? 0) > 0) continue;
    find(place, {
      column: "kwh_per_mile",
      message: `bus type ${type.bus_type_id} is electric, and its use is not given`,
      expected: "kWh per mile above 0",
      mend: "give kwh_per_mile (1 to 2.5 for a school bus)",
    });
  }
});

export const electricUseImprobable = routingWarning("kwh-improbable", (view, find) => {
  for (const [type, place] of each(view, "bus_types")) {
    const use = type.kwh_per_mile;
    if (use === undefined || use === 0 || (use >= KWH_LOW && use <= KWH_HIGH)) continue;
    find(place, {
      column: "kwh_per_mile",
      value: use,
      message: `bus type ${type.bus_type_id} uses ${use} kWh a mile`,
      expected: `from ${KWH_LOW} to ${KWH_HIGH}`,
      mend: "check the unit, correct it or acknowledge it",
    });
  }
});

export const fuelWithoutPrice = routingError("fuel-without-price", (view, find) => {
  if (!view.present.has("fuel")) return;
  const prices = view.ids("fuel", "fuel");
  for (const [type, place] of each(view, "bus_types")) {
    if (type.fuel === undefined || prices.has(type.fuel)) continue;
    find(place, {
      column: "fuel",
      value: type.fuel,
      message: `bus type ${type.bus_type_id} drives on ${type.fuel}, which has no price`,
      expected: "a row in transportation/fuel.csv for each fuel of the fleet",
      mend: `add the price of ${type.fuel}`,
    });
  }
});

export const fuelPriceImprobable = routingWarning("fuel-price-improbable", (view, find) => {
  for (const [fuel, place] of each(view, "fuel")) {
    const [least, most] = fuel.fuel === "electric" ? [0.02, 1.5] : [0.5, 15];
    if (fuel.price_usd >= least && fuel.price_usd <= most) continue;
    find(place, {
      column: "price_usd",
      value: fuel.price_usd,
      message: `${fuel.fuel} costs ${fuel.price_usd} a ${fuel.fuel === "electric" ? "kWh" : "gallon"}`,
      expected: `from ${least} to ${most}`,
      mend: "check the unit (dollars, not cents), correct it or acknowledge it",
    });
  }
});

const COSTS = { cost_fixed_usd: 500_000, cost_per_mile_usd: 20, cost_per_hour_usd: 300 } as const;

export const busCostImprobable = routingWarning("bus-cost-improbable", (view, find) => {
  for (const [type, place] of each(view, "bus_types")) {
    for (const [column, most] of Object.entries(COSTS)) {
      const cost = type[column as keyof typeof COSTS];
      if (cost > 0 && cost <= most) continue;
      find(place, {
        column,
        value: cost,
        message: `${column} of bus type ${type.bus_type_id} is ${cost}`,
        expected: `above 0, at most ${most}`,
        mend: "correct the cost, or acknowledge it",
      });
    }
  }
});
