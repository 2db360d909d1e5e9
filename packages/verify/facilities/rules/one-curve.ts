import type { LiveAsset, Reading } from "../reading.ts";
import type { Rule } from "../rule.ts";

const TOLERANCE = 0.005;
/** Reading a curve between the ends of fiscal years costs about this much more. */
const BETWEEN = 0.002;

/** Forecast and outlook are one curve: P(failed by h) from the outlook's stretches equals `p_fail_*`, and 2.5 to 97.5 % have failed at `rul_*`, ± 0.005. */
export const oneCurve: Rule = (reading, report) => {
  const { calendar } = reading;
  for (const [asset_id, asset] of reading.live) {
    const { forecast } = asset;
    if (forecast === undefined || asset.outlook.includes(undefined)) continue;
    const points: readonly (readonly [name: string, years: number, claimed: number])[] = [
      ["p_fail_1y", 1, forecast.p_fail_1y],
      ["p_fail_3y", 3, forecast.p_fail_3y],
      ["p_fail_5y", 5, forecast.p_fail_5y],
      ["p_fail_10y", 10, forecast.p_fail_10y],
      ["rul_p10", forecast.rul_p10, 0.1],
      ["rul_median", forecast.rul_median, 0.5],
      ["rul_p90", forecast.rul_p90, 0.9],
      ...(
        [
          ["rul_p2_5", forecast.rul_p2_5, 0.025],
          ["rul_p25", forecast.rul_p25, 0.25],
          ["rul_p75", forecast.rul_p75, 0.75],
          ["rul_p97_5", forecast.rul_p97_5, 0.975],
        ] as const
      ).flatMap(([name, years, share]) => (years === undefined ? [] : [[name, years, share] as const])),
    ];
    for (const [name, years, claimed] of points) {
      const range = failedBy(asset, years, reading);
      const holds =
        claimed >= range.low - TOLERANCE &&
        claimed <= range.high + TOLERANCE &&
        (years > calendar.ends[calendar.ends.length - 1] ||
          Math.abs(claimed - nearest(range, claimed)) <= TOLERANCE + BETWEEN + (range.high - range.low) / 20);
      report.check(
        "forecast.one-curve",
        holds,
        () =>
          `${name} of asset ${asset_id} says ${claimed} have failed after ${years.toFixed(2)} years, its outlook ${nearest(range, claimed).toFixed(4)}`,
        { asset_id, figure: name },
      );
    }
  }
};

/** Chance of having failed by then, by the outlook (beyond its end: no less than by then): at the ends of the stretches around it, and between them what a quadratic in the cumulated hazard rate says, or any curve whose hazard rate keeps rising or falling from one stretch to the next. */
function failedBy(asset: LiveAsset, years: number, { calendar }: Reading): Range {
  const times = [0, ...calendar.ends];
  const failed = [0];
  for (const row of asset.outlook) failed.push(1 - (1 - failed[failed.length - 1]) * (1 - (row?.p_fail_kept ?? 0)));
  const after = times.findIndex((time) => time >= years - 1e-9);
  if (after < 0) {
    const last = failed[failed.length - 1];
    return { low: last, high: 1, least: last, most: last };
  }
  if (after === 0) return { low: 0, high: 0, least: 0, most: 0 };
  const [low, high] = [failed[after - 1], failed[after]];
  const hazard = failed.map((chance) => -Math.log(Math.max(1e-12, 1 - chance)));
  const third = after + 1 < times.length ? after + 1 : after - 2;
  const middle = (low + high) / 2;
  if (third < 0 || high > 0.9999) return { low, high, least: middle, most: middle };
  const said = [
    quadratic(times, hazard, [after - 1, after, third], years),
    line(times, hazard, after - 1, after, years),
    ...(after + 1 < times.length ? [line(times, hazard, after, after + 1, years)] : []),
    ...(after > 1 ? [line(times, hazard, after - 2, after - 1, years)] : []),
  ].map((sum) => Math.min(high, Math.max(low, 1 - Math.exp(-sum))));
  return { low, high, least: Math.min(...said), most: Math.max(...said) };
}

/** Chance of having failed: at the ends of the stretch, and what is likely within it. */
interface Range {
  readonly low: number;
  readonly high: number;
  readonly least: number;
  readonly most: number;
}

const nearest = ({ least, most }: Range, claimed: number): number => Math.min(most, Math.max(least, claimed));

/** The line through two points. */
function line(x: readonly number[], y: readonly number[], i: number, j: number, at: number): number {
  return y[i] + ((y[j] - y[i]) * (at - x[i])) / (x[j] - x[i]);
}

/** Lagrange's quadratic through three points. */
function quadratic(
  x: readonly number[],
  y: readonly number[],
  points: readonly [number, number, number],
  at: number,
): number {
  return points.reduce((sum, i) => {
    const weight = points.filter((j) => j !== i).reduce((product, j) => (product * (at - x[j])) / (x[i] - x[j]), 1);
    return sum + weight * y[i];
  }, 0);
}
