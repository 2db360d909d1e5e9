import type { TableRow } from "@trivium/model";

/** Fiscal years of the plan: the ten that begin after 2027-03-31. */
export const PLAN_YEARS: readonly number[] = Array.from({ length: 10 }, (_, index) => 2028 + index);

/** An order to replace: all keys given must match. */
export interface MustDo {
  readonly asset_id?: string;
  readonly asset_type_id?: string;
  readonly refrigerant?: string;
  readonly by: number;
}

/** `settings.json` of the sample, typed as its parts are used here. */
export const SETTINGS = {
  as_of_date: "2027-03-31",
  fiscal_year_start: "07-01",
  horizon_years: 10,
  escalation: 0.035,
  discount: 0.03,
  emergency_factor: 1.35,
  mobilization_usd: 9_000,
  smoothing_max_ratio: 1.5,
  carry_cap_share: 0.5,
  energy_price: { kwh: 0.13, therm: 1.15 },
  projects_max_per_year: 60,
  blackouts: [
    { school_id: "H1", fiscal_year: 2030 },
    { school_id: "M2", fiscal_year: 2033 },
  ],
  must_do: [{ refrigerant: "R-22", asset_type_id: "RTU", by: 2032 }] as MustDo[],
  equity: [{ schools: ["E1", "E5", "M1"], min_share: 0.24 }],
};

/** The levy buys anything, the energy grant heating and cooling for five years, the foundation roofs and power at three schools. */
export function budgets(): TableRow<"budgets">[] {
  return PLAN_YEARS.flatMap((fiscal_year, index) => [
    { fund_id: "LEVY", fiscal_year, amount_usd: Math.round(1_150 * 1.025 ** index) * 1_000, carry_over: true },
    ...(index < 5
      ? [{ fund_id: "ENERGY", fiscal_year, amount_usd: 300_000, carry_over: false, uniformat_allowed: ["D30"] }]
      : []),
    {
      fund_id: "FOUNDATION",
      fiscal_year,
      amount_usd: 140_000,
      carry_over: true,
      uniformat_allowed: ["B30", "D50"],
      schools_allowed: ["E1", "E5", "M1"],
    },
  ]);
}

/** Phase-outs as published; the service factor is what a charge costs against before. */
export const REFRIGERANTS: readonly TableRow<"refrigerants">[] = [
  {
    refrigerant: "R-22",
    phase_out_date: "2020-01-01",
    service_cost_factor: 2.4,
    source: "EPA, Clean Air Act section 605",
  },
  {
    refrigerant: "R-123",
    phase_out_date: "2030-01-01",
    service_cost_factor: 1.6,
    source: "EPA, Clean Air Act section 605",
  },
  {
    refrigerant: "R-410A",
    phase_out_date: "2025-01-01",
    service_cost_factor: 1.2,
    source: "EPA, AIM Act technology transitions",
  },
  {
    refrigerant: "R-134a",
    phase_out_date: "2024-01-01",
    service_cost_factor: 1.2,
    source: "EPA, AIM Act technology transitions",
  },
  { refrigerant: "R-454B", source: "in use" },
  { refrigerant: "R-513A", source: "in use" },
];
