import type { Forecast } from "./forecast.ts";
import { SIGNS } from "./multiplier.ts";

/** A sign that changes the hazard rate by less says nothing worth a reader's time. */
const LEAST = 0.05;
const MOST_SHOWN = 3;

/** What lifts or lowers an asset's hazard rate against its type and age, the strongest first: "condition × 1.40; school × 0.90". */
export function driversOf({ signs }: Pick<Forecast, "signs">, a: number): string {
  return SIGNS.map((name, j) => ({ name, factor: signs[a * SIGNS.length + j] }))
    .filter(({ factor }) => Math.abs(Math.log(factor)) >= LEAST)
    .sort((x, y) => Math.abs(Math.log(y.factor)) - Math.abs(Math.log(x.factor)))
    .slice(0, MOST_SHOWN)
    .map(({ name, factor }) => `${name} × ${factor.toFixed(2)}`)
    .join("; ");
}
