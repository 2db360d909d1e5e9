import { InputError } from "@trivium/model";
import { limits95 } from "./confidence.ts";
import { observationsOf, omitted, refuseGroups, type SurvivalRequest } from "./request.ts";
import { turnbull } from "./turnbull.ts";

/** The JSON of an interval-censored curve: mass of each interval (from, to], S from `to` on; `to` null = at an unknown age beyond. */
export interface IntervalResult {
  readonly model: "turnbull";
  readonly n: number;
  readonly omitted: number;
  readonly from: readonly number[];
  readonly to: readonly (number | null)[];
  readonly mass: readonly number[];
  readonly survival: readonly number[];
  readonly std_error: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  readonly iterations: number;
  readonly converged: boolean;
}

/** @throws InputError entry-not-supported, strata-not-supported, covariates-not-supported, and what turnbull throws */
export function intervalResult(request: SurvivalRequest, rows: readonly number[]): IntervalResult {
  refuseGroups(request);
  if (request.entry !== undefined)
    throw new InputError(
      "entry-not-supported",
      `${request.model} of --lower and --upper takes lives seen since new only. Maybe km, or a parametric model, which take --entry ${request.entry}`,
      { path: request.entry },
    );
  const lives = observationsOf(request, rows, { names: [], values: new Float64Array() });
  const curve = turnbull(lives);
  const limits = Array.from(curve.survival, (survival, j) =>
    limits95(survival, curve.stdError[j] / survival, request.conf ?? "log"),
  );
  const orNull = (value: number) => (Number.isNaN(value) ? null : value);
  return {
    model: "turnbull",
    n: lives.weight.reduce((sum, each) => sum + each, 0),
    omitted: omitted(request, rows),
    from: Array.from(curve.from),
    to: Array.from(curve.to, (age) => (age === Infinity ? null : age)),
    mass: Array.from(curve.mass),
    survival: Array.from(curve.survival),
    std_error: Array.from(curve.stdError, orNull),
    lower: limits.map(([low]) => orNull(low)),
    upper: limits.map(([, high]) => orNull(high)),
    iterations: curve.iterations,
    converged: curve.converged,
  };
}
