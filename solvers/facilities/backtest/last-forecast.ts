import { DAYS_PER_YEAR, type DecisionsOf, dayNumber, type TableRow } from "@trivium/model";
import { CUT_SHORT, FAILED, type Register, UNKNOWN_REASON } from "../register/register.ts";
import { calibrationMeasures, type Measure, rankingMeasures } from "./measures.ts";

/** Fewer failures than this tell nothing. */
const FEW_FAILURES = 30;
const LISTED = 10;
/** Years of `p_fail_*`. */
const KNOWN_YEARS = [1, 3, 5, 10] as const;

type ForecastRow = DecisionsOf["facilities"]["forecast"][number];

export interface LastForecast {
  readonly from: string;
  readonly until: string;
  /** Days of the window; a forecast of a year should have one. */
  readonly years: number;
  /** Assets of the forecast that the register no longer knows: nobody can tell what became of them. */
  readonly unknown: readonly string[];
  readonly measures: readonly Measure[];
  /** False under 30 failures: the measures are shown and claim nothing. */
  readonly can_tell: boolean;
  readonly failed: number;
  readonly cut_short: number;
  readonly repairs: number;
  readonly cost_usd: { readonly failed: number; readonly replaced: number; readonly repaired: number };
  /** Failures that the forecast thought least likely, and assets it thought most at risk that still stand. */
  readonly surprises: readonly Surprise[];
  readonly still_standing: readonly Surprise[];
}

interface Surprise {
  readonly asset_id: string;
  readonly chance: number;
}

/**
 * Holds a forecast made at the end of `from` against what happened until `until` (ISO dates): failures and removals of the register, and the rows
 * of `actuals.csv`. The chance of failing inside the window is read off the forecast's own curve: the cumulative hazard −ln(1 − p) is taken as
 * straight between 0, 1, 3, 5 and 10 years, and beyond 10 with the slope before. A removal other than a failure cuts the observation short:
 * such a unit counts as expected failures for the time it stood, and is not ranked.
 */
export function scoreLastForecast(
  register: Register,
  actuals: readonly TableRow<"actuals">[],
  forecast: readonly ForecastRow[],
  from: string,
  until: string,
): LastForecast {
  const fromDay = dayNumber(from);
  const untilDay = dayNumber(until);
  const happened = endingsWithin(register, actuals, fromDay, untilDay);
  const known = new Set(register.assetIds);
  const rows = forecast.filter((row) => known.has(row.asset_id));
  const ended = rows.map((row) => happened.get(row.asset_id));
  const failed = Uint8Array.from(ended, (end) => +(end?.failed ?? false));
  const cutShort = Uint8Array.from(ended, (end) => +(end !== undefined && !end.failed));
  const yearsAt = (day: number) => (day - fromDay) / DAYS_PER_YEAR;
  const chance = Float64Array.from(rows, (row) => chanceWithin(row, yearsAt(untilDay)));
  const expected = Float64Array.from(
    rows,
    (row, i) => -Math.log1p(-chanceWithin(row, yearsAt(ended[i]?.day ?? untilDay))),
  );
  const ranked = Array.from(rows, (_, i) => i).filter((i) => cutShort[i] === 0);
  const failures = failed.reduce((sum, each) => sum + each, 0);
  const inWindow = actuals.filter((row) => row.date > from && row.date <= until);
  const cost = (what: string) => inWindow.reduce((sum, row) => sum + (row.what === what ? (row.cost_usd ?? 0) : 0), 0);
  const listed = (indices: number[]): Surprise[] =>
    indices.slice(0, LISTED).map((i) => ({ asset_id: rows[i].asset_id, chance: chance[i] }));
  const byChance = (a: number, b: number) => chance[a] - chance[b] || (rows[a].asset_id < rows[b].asset_id ? -1 : 1);
  return {
    from,
    until,
    years: yearsAt(untilDay),
    unknown: forecast.filter((row) => !known.has(row.asset_id)).map((row) => row.asset_id),
    measures: [
      ...calibrationMeasures(
        chance,
        expected,
        failed,
        cutShort.map((each) => 1 - each),
      ),
      ...rankingMeasures(
        ranked.map((i) => chance[i]),
        ranked.map((i) => failed[i]),
      ),
    ].filter(({ value }) => Number.isFinite(value)),
    can_tell: failures >= FEW_FAILURES,
    failed: failures,
    cut_short: cutShort.reduce((sum, each) => sum + each, 0),
    repairs: inWindow.filter((row) => row.what === "repaired").length,
    cost_usd: { failed: cost("failed"), replaced: cost("replaced"), repaired: cost("repaired") },
    surprises: listed(ranked.filter((i) => failed[i] === 1).sort(byChance)),
    still_standing: listed(ranked.filter((i) => failed[i] === 0).sort((a, b) => byChance(b, a))),
  };
}

interface Ending {
  readonly day: number;
  readonly failed: boolean;
}

/** The first ending of each asset inside the window, from the register or from `actuals.csv`, whichever came first. */
export function endingsWithin(
  register: Register,
  actuals: readonly TableRow<"actuals">[],
  fromDay: number,
  untilDay: number,
): Map<string, Ending> {
  const found = new Map<string, Ending>();
  const note = (assetId: string, ending: Ending) => {
    if (ending.day <= fromDay || ending.day > untilDay) return;
    const before = found.get(assetId);
    if (!before || ending.day < before.day || (ending.day === before.day && ending.failed)) found.set(assetId, ending);
  };
  register.assetIds.forEach((assetId, a) => {
    const removal = register.removal[a];
    if (removal === FAILED || removal === CUT_SHORT || removal === UNKNOWN_REASON)
      note(assetId, { day: register.removedDay[a], failed: removal === FAILED });
  });
  for (const row of actuals)
    if (row.what !== "repaired") note(row.asset_id, { day: dayNumber(row.date), failed: row.what === "failed" });
  return found;
}

/** P(fails within `years`), by the forecast's own `p_fail_*`. */
function chanceWithin(row: ForecastRow, years: number): number {
  const hazards = [row.p_fail_1y, row.p_fail_3y, row.p_fail_5y, row.p_fail_10y].map(
    (p) => -Math.log1p(-Math.min(p, 1 - 1e-9)),
  );
  let fromYear = 0;
  let fromHazard = 0;
  let slope = hazards[0];
  for (let k = 0; k < KNOWN_YEARS.length; k++) {
    slope = (hazards[k] - fromHazard) / (KNOWN_YEARS[k] - fromYear);
    if (years <= KNOWN_YEARS[k]) break;
    fromYear = KNOWN_YEARS[k];
    fromHazard = hazards[k];
  }
  return -Math.expm1(-(fromHazard + slope * (years - fromYear)));
}
