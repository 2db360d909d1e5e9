import { DAYS_PER_YEAR, dayNumber, FACILITIES_DEFAULTS, type FacilitiesSettings, InputError } from "@trivium/model";

/**
 * The plan's calendar, in years from as_of_date. Stretch 0 is what is left of the running fiscal year, stretch k the k-th plan year.
 * Fiscal year N ends in calendar year N.
 */
export interface Calendar {
  readonly asOfDay: number;
  /** First day of a fiscal year, `MM-DD`. */
  readonly yearStart: string;
  /** Plan years by name: the fiscal years that begin after as_of_date. */
  readonly years: readonly number[];
  readonly runningYear: number;
  /** Length years + 2: where each stretch begins; the last entry is the end of the horizon. */
  readonly bounds: Float64Array;
  /** By plan year, years from as_of_date to its middle: costs are escalated and amounts discounted to there. */
  readonly middle: Float64Array;
}

/** @throws InputError as-of-date-needed, no-such-day */
export function readCalendar(settings: FacilitiesSettings): Calendar {
  if (!settings.as_of_date)
    throw new InputError(
      "as-of-date-needed",
      "facilities/settings.json has no as_of_date: ages are counted from it. Maybe the day of the register's export",
      { path: "as_of_date" },
    );
  const start = settings.fiscal_year_start ?? FACILITIES_DEFAULTS.fiscal_year_start;
  const horizon = settings.horizon_years ?? FACILITIES_DEFAULTS.horizon_years;
  const asOfDay = dayNumber(settings.as_of_date);
  const firstDayOf = (year: number) => fiscalYearFirstDay(start, year);
  let first = Number(settings.as_of_date.slice(0, 4)) - 1;
  while (firstDayOf(first) <= asOfDay) first++;
  const years = Array.from({ length: horizon }, (_, k) => first + k);
  const away = (day: number) => (day - asOfDay) / DAYS_PER_YEAR;
  const bounds = Float64Array.from([
    0,
    ...years.map((year) => away(firstDayOf(year))),
    away(firstDayOf(first + horizon)),
  ]);
  return {
    asOfDay,
    yearStart: start,
    years,
    runningYear: first - 1,
    bounds,
    middle: Float64Array.from(years, (_, k) => (bounds[k + 1] + bounds[k + 2]) / 2),
  };
}

/** Fiscal year N ends in calendar year N; `start` is its first day, `MM-DD`. Days from 1970-01-01. */
export function fiscalYearFirstDay(start: string, year: number): number {
  return dayNumber(`${start === "01-01" ? year : year - 1}-${start}`);
}
