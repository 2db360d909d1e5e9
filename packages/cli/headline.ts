import type { Area, Metrics, Plan } from "@trivium/model";

interface Figure {
  readonly metric: string;
  readonly label: string;
  readonly format: (value: number) => string;
}

const whole = (value: number) => Math.round(value).toLocaleString("en-US");
const tenths = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 1 });
const percent = (value: number) => `${(value * 100).toFixed(2)} %`;
const usd = (value: number) => `$${whole(value)}`;

/** What a board asks first, by area; figures that a plan does not have are left out. */
const FIGURES: Readonly<Record<Area, readonly Figure[]>> = {
  scheduling: [
    { metric: "requests_met", label: "requests met", format: whole },
    { metric: "requests_met_share", label: "share of requests met", format: percent },
    { metric: "students_complete", label: "students with a complete schedule", format: whole },
  ],
  routing: [
    { metric: "buses_used", label: "buses", format: whole },
    { metric: "cost_usd_per_year", label: "cost a year", format: usd },
    { metric: "ride_min_mean", label: "mean ride, minutes", format: tenths },
    { metric: "ride_min_max", label: "longest ride, minutes", format: tenths },
    { metric: "riders_unserved", label: "riders not served", format: whole },
  ],
  facilities: [
    { metric: "failures_avoided", label: "failures avoided", format: tenths },
    { metric: "objective_usd", label: "expected cost over the horizon", format: usd },
    { metric: "spend_usd", label: "planned spend", format: usd },
    { metric: "must_do_unmet", label: "must-dos not met", format: whole },
  ],
};

/** What may stand in the way where no plan was found: said instead of figures. */
const NOT_FOUND: Readonly<Record<Area, string>> = {
  scheduling: "give it more --time, or free what is locked",
  routing: "give it more --time",
  facilities:
    "an equity floor asks for more than budgets, smoothing, project limits and blackouts leave beside the must-dos: lower min_share, loosen one of those, or give it more --time",
};

/** The plan's main figures beside today's, one a line. */
export function headline(
  plan: Pick<Plan, "area" | "metrics" | "bound" | "status"> & Partial<Pick<Plan, "provenance">>,
  today: Metrics | null,
): string {
  const rows = FIGURES[plan.area].flatMap(({ metric, label, format }) => {
    const value = plan.metrics[metric];
    if (typeof value !== "number") return [];
    const before = today?.[metric];
    return [[label, format(value), typeof before === "number" ? `today ${format(before)}` : ""]];
  });
  const width = Math.max(...rows.map(([label]) => label.length), 0);
  const lines = rows.map(([label, value, before]) =>
    `  ${label.padEnd(width)}  ${value.padStart(12)}   ${before}`.trimEnd(),
  );
  const proven = (than: string, { objective, best_possible, gap }: NonNullable<Plan["bound"]>) =>
    `  proven: no ${than} has ${objective} better than ${tenths(best_possible)} (gap ${percent(gap)})`;
  const bounds = plan.bound ? [proven("plan", plan.bound)] : [];
  if (plan.bound?.at_these_times) bounds.push(proven("loading of these section times", plan.bound.at_these_times));
  const missing =
    plan.status === "infeasible" && plan.provenance?.reason !== undefined
      ? `  proven: there is no plan. ${plan.provenance.reason}`
      : plan.status === "no_plan"
        ? `  ${plan.provenance?.reason ?? "no plan was found"}. Maybe ${NOT_FOUND[plan.area]}`
        : "";
  return [`${plan.area} (${plan.status})`, ...lines, ...bounds, missing].filter((line) => line !== "").join("\n");
}
