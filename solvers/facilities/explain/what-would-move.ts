import type { Explanation } from "@trivium/model";
import { plain, share, usd } from "../report/words.ts";
import { AS_IT_IS, type Standing, type Supposed } from "./standing.ts";

type Mend = Explanation["mends"][number];

/** Where an asset may go: a set of plan years; none = out of the plan. */
interface Direction {
  readonly years: readonly number[];
}

const OUT: Direction = { years: [] };

/** Multiples of hazard rate or cost that are tried: from 1/10 to 10, in steps of 5 % before bisection. */
const MOST = 10;
const STEP = 1.05;

/**
 * The nearest changes that would move a line of the plan earlier, later or out (or an asset into it): how far one figure must go, all others as they are, for
 * another year, or none, to be worth most to it. Years are weighed by `Standing.worthUsd`.
 */
export function whatWouldMove(standing: Standing): Mend[] {
  if (!standing.prices.some((price) => price > 0)) return [];
  const all = Array.from(standing.prices, (_, t) => t).filter((t) => standing.allowed(t));
  const { year } = standing;
  const directions =
    year < 0
      ? [{ years: all }]
      : [
          { years: all.filter((t) => t < year) },
          { years: all.filter((t) => t > year) },
          ...(standing.obliged ? [] : [OUT]),
        ];
  return [
    ...roomMends(standing, all),
    ...directions
      .filter((each) => each === OUT || each.years.length > 0)
      .flatMap((direction) => [
        ...priceMend(standing, direction),
        ...chanceMend(standing, direction),
        ...costMend(standing, direction),
      ]),
  ];
}

/** A year that is worth more to it at these prices, and what keeps it from there. */
function roomMends(standing: Standing, all: readonly number[]): Mend[] {
  const worth = standing.worthUsd();
  const now = standing.year < 0 ? 0 : worth[standing.year];
  const best = bestOf(worth, all);
  if (best < 0 || best === standing.year || worth[best] <= now) return [];
  const obstacle = standing.obstacle(best);
  const years = standing.problem.calendar.years;
  const gain = `${years[best]}, where it is worth ${usd(worth[best] - now)} more at the plan's own prices`;
  if (obstacle === undefined)
    return [
      {
        change: `room by the other rules in ${years[best]}: smoothing, equity floors and carried money tie years together`,
        effect: `it could go to ${gain}`,
      },
    ];
  const money = obstacle.missingUsd > 1 ? [`${usd(obstacle.missingUsd)} more in fund ${obstacle.fund}`] : [];
  const project = obstacle.projectsFull ? ["one more project allowed"] : [];
  return [
    { change: `${[...money, ...project].join(" and ")} in ${years[best]}`, effect: `makes room for it in ${gain}` },
  ];
}

/** The price of a year's dollar at which the choice flips: of a year to go to, lower; of its own year, higher, where it would leave the plan. */
function priceMend(standing: Standing, direction: Direction): Mend[] {
  const worth = standing.worthUsd();
  const { year, prices, problem } = standing;
  const name = (t: number) => problem.calendar.years[t];
  const lead = leadUsd(standing, direction, worth);
  if (lead >= 0) return [];
  if (direction === OUT) {
    if (
      bestOf(
        worth,
        [...worth.keys()].filter((t) => t !== year && worth[t] > 0),
      ) >= 0
    )
      return [];
    const flips = prices[year] - lead / standing.costUsd(year);
    return [
      {
        change: `a dollar of ${name(year)} ${insteadOf(flips, prices[year])} (less money in that year raises it)`,
        effect: "its money would do more elsewhere: it leaves the plan",
      },
    ];
  }
  const rival =
    year < 0
      ? 0
      : Math.max(
          ...[...worth.keys()].filter((t) => !direction.years.includes(t)).map((t) => worth[t]),
          standing.obliged ? -Infinity : 0,
        );
  const flips = direction.years
    .map((t) => ({ t, price: prices[t] + (worth[t] - rival) / standing.costUsd(t) }))
    .filter((each) => each.price >= 0)
    .reduce<{ t: number; price: number } | undefined>(
      (near, each) => (near === undefined || prices[each.t] - each.price < prices[near.t] - near.price ? each : near),
      undefined,
    );
  if (flips === undefined) return [];
  return [
    {
      change: `a dollar of ${name(flips.t)} ${insteadOf(flips.price, prices[flips.t])} (more money in that year lowers it)`,
      effect: movesTo(standing, flips.t),
    },
  ];
}

function chanceMend(standing: Standing, direction: Direction): Mend[] {
  const hazardRate = flipOf(standing, direction, (hazardRate) => ({ ...AS_IT_IS, hazardRate }));
  if (hazardRate === undefined) return [];
  const now = standing.problem.forecast.pFail[standing.a * 4 + 2];
  return [
    {
      change: `its chance of failing within 5 years is ${share(1 - (1 - now) ** hazardRate)} instead of ${share(now)} (hazard rate × ${plain(hazardRate, 2)})`,
      effect: outcome(standing, direction, { ...AS_IT_IS, hazardRate }),
    },
  ];
}

function costMend(standing: Standing, direction: Direction): Mend[] {
  const cost = flipOf(standing, direction, (cost) => ({ ...AS_IT_IS, cost }));
  if (cost === undefined) return [];
  const now = standing.problem.costUsd[standing.a];
  return [
    {
      change: `it costs ${usd(cost * now)} instead of ${usd(now)} at today's prices`,
      effect: outcome(standing, direction, { ...AS_IT_IS, cost }),
    },
  ];
}

/** By how much the best of a direction is worth more than the best of all else; below 0 where it is not the choice. */
function leadUsd(standing: Standing, direction: Direction, worth: Float64Array): number {
  const leaving = standing.obliged ? -Infinity : 0;
  const years = [...worth.keys()];
  const best = (of: readonly number[]) => of.reduce((most, t) => Math.max(most, worth[t]), -Infinity);
  const inside = direction === OUT ? leaving : best(direction.years);
  const rest = best(years.filter((t) => !direction.years.includes(t)));
  return inside - (direction === OUT ? rest : Math.max(rest, leaving));
}

/** The multiple nearest to 1 from which a direction is the choice; undefined where it is now, or none from 1/10 to 10 makes it so. */
function flipOf(standing: Standing, direction: Direction, suppose: (factor: number) => Supposed): number | undefined {
  const wins = (factor: number) => leadUsd(standing, direction, standing.worthUsd(suppose(factor))) >= 0;
  if (wins(1)) return undefined;
  for (let far = STEP; far <= MOST; far *= STEP)
    for (const [near, tried] of [
      [far / STEP, far],
      [STEP / far, 1 / far],
    ]) {
      if (!wins(tried)) continue;
      let [loses, holds] = [near, tried];
      for (let step = 0; step < 20; step++) {
        const middle = (loses + holds) / 2;
        if (wins(middle)) holds = middle;
        else loses = middle;
      }
      return holds;
    }
  return undefined;
}

function outcome(standing: Standing, direction: Direction, supposed: Supposed): string {
  if (direction === OUT)
    return supposed.hazardRate > 1
      ? "it would likely fail before its turn: it leaves the plan"
      : "its money would do more elsewhere: it leaves the plan";
  return movesTo(standing, bestOf(standing.worthUsd(supposed), direction.years));
}

function movesTo({ problem, year }: Standing, t: number): string {
  const name = problem.calendar.years[t];
  if (year < 0) return `it comes into the plan in ${name}`;
  return `${name} becomes the better year: it moves ${t < year ? "earlier" : "later"}`;
}

/** Two prices of a dollar to the cent, to a tenth of it where they would look alike. */
function insteadOf(then: number, now: number): string {
  const digits = Math.abs(then - now) < 0.02 ? 3 : 2;
  return `saves ${plain(then, digits)} elsewhere instead of ${plain(now, digits)}`;
}

const bestOf = (worth: Float64Array, years: readonly number[]): number =>
  years.reduce((best, t) => (best < 0 || worth[t] > worth[best] ? t : best), -1);
