import { DAYS_PER_YEAR, dayNumber, FACILITIES_DEFAULTS, type FacilitiesSettings } from "@trivium/model";

/** The plan's fiscal years as the contract counts them, and prices in their middle. Times are years from `as_of_date`. */
export interface Calendar {
  /** Fiscal years that begin after `as_of_date`; N ends in calendar year N. */
  readonly years: readonly number[];
  /** The fiscal year that runs on `as_of_date`. */
  readonly runningYear: number;
  /** Ends of the stretches: of what is left of the running year, then of each plan year. */
  readonly ends: readonly number[];
  /** Price level in the middle of each plan year; as-of prices = 1. */
  readonly escalation: readonly number[];
  /** Worth on `as_of_date` of a dollar in the middle of each plan year. */
  readonly discount: readonly number[];
}

export function calendarOf(settings: FacilitiesSettings): Calendar {
  const asOf = settings.as_of_date ?? "1970-01-01";
  const start = settings.fiscal_year_start ?? FACILITIES_DEFAULTS.fiscal_year_start;
  const horizon = settings.horizon_years ?? FACILITIES_DEFAULTS.horizon_years;
  const firstDay = (year: number) => `${start === "01-01" ? year : year - 1}-${start}`;
  const fromAsOf = (date: string) => (dayNumber(date) - dayNumber(asOf)) / DAYS_PER_YEAR;
  const asOfYear = Number(asOf.slice(0, 4));
  const first = [asOfYear, asOfYear + 1, asOfYear + 2].find((year) => firstDay(year) > asOf) ?? asOfYear + 2;
  const years = Array.from({ length: horizon }, (_, index) => first + index);
  const middles = years.map((year) => (fromAsOf(firstDay(year)) + fromAsOf(firstDay(year + 1))) / 2);
  const escalation = 1 + (settings.escalation ?? FACILITIES_DEFAULTS.escalation);
  const discount = 1 + (settings.discount ?? FACILITIES_DEFAULTS.discount);
  return {
    years,
    runningYear: first - 1,
    ends: [...years, first + horizon].map((year) => fromAsOf(firstDay(year))),
    escalation: middles.map((middle) => escalation ** middle),
    discount: middles.map((middle) => discount ** -middle),
  };
}
