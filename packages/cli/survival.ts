import type { fitSurvival, RegressionResult } from "@trivium/facilities";

type Result = ReturnType<typeof fitSurvival>;

const number = (value: number | null | undefined) =>
  value === null || value === undefined ? "–" : value.toPrecision(6);

const aligned = (rows: readonly (readonly string[])[]) => {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "),
  );
};

/** A fit as tables for the terminal, and how many rows it does not rest on. */
export function renderSurvival(result: Result): string {
  const left = "omitted" in result ? result.omitted : 0;
  const note =
    left > 0
      ? `\n${left} row${left > 1 ? "s" : ""} left out: an empty cell in a column that is used, or a weight of 0`
      : "";
  return tablesOf(result) + note;
}

function tablesOf(result: Result): string {
  if ("mean" in result) return meanCumulativeTable(result);
  if ("coefficients" in result) {
    const rows = Object.entries(result.coefficients).map(([name, { estimate, se }]) => [
      name,
      number(estimate),
      number(se),
      number(estimate / se),
    ]);
    const head = `${result.model}: ${result.n} ${"growth" in result ? "units" : "lives"}, ${result.events} failures, log-likelihood ${number(result.loglik)}, AIC ${number(result.aic)}`;
    if ("growth" in result)
      return [head, ...aligned([["", "estimate", "s.e.", "z"], ...rows]), ...repairLines(result)].join("\n");
    const tail = result.scale === undefined ? [] : [`scale ${number(result.scale)}`];
    return [head, ...aligned([["", "estimate", "s.e.", "z"], ...rows]), ...tail, ...coxChecks(result)].join("\n");
  }
  if ("causes" in result) return incidenceTables(result.causes);
  if ("mass" in result) return intervalTable(result);
  const curves = "strata" in result ? Object.entries(result.strata) : [["", result] as const];
  const tests = "tests" in result ? Object.entries(result.tests) : [];
  return curves
    .flatMap(([stratum, curve]) => {
      const rows = curve.times.map((time, i) =>
        [
          time,
          curve.at_risk[i],
          curve.events[i],
          curve.survival[i],
          curve.std_error[i],
          curve.lower[i],
          curve.upper[i],
        ].map(number),
      );
      return [
        `Kaplan–Meier ${stratum}`.trim(),
        ...aligned([["time", "at risk", "failed", "survival", "s.e.", "lower 95", "upper 95"], ...rows]),
      ];
    })
    .concat(tests.map(([name, { chisq, df, p }]) => `${name}: χ² ${number(chisq)} on ${df} d.f., p ${number(p)}`))
    .join("\n");
}

type MeanCumulative = Extract<Result, { mean: object }>;
type Repairs = Extract<Result, { growth: number }>;

function meanCumulativeTable(result: MeanCumulative): string {
  const rows = result.times.map((time, k) =>
    [
      time,
      result.at_risk[k],
      result.event_counts[k],
      result.mean[k],
      result.std_error[k],
      result.lower[k],
      result.upper[k],
    ].map(number),
  );
  return [
    `Mean cumulative function: ${result.n} units, ${result.events} events`,
    ...aligned([["time", "at risk", "events", "mean", "s.e.", "lower 95", "upper 95"], ...rows]),
    trendLine(result.trend),
  ].join("\n");
}

const repairLines = (result: Repairs): string[] => [
  `growth ${number(result.growth)} (above 1: repairs come faster with age); frailty variance ${number(result.frailty_variance)}`,
  trendLine(result.trend),
];

const trendLine = ({ z, p }: MeanCumulative["trend"]): string => `trend (Laplace): z ${number(z)}, p ${number(p)}`;

function incidenceTables(causes: Extract<Result, { causes: object }>["causes"]): string {
  return Object.entries(causes)
    .flatMap(([cause, { times, incidence, std_error, lower, upper }]) => [
      `Aalen–Johansen ${cause}`,
      ...aligned([
        ["time", "incidence", "s.e.", "lower 95", "upper 95"],
        ...times.map((time, i) => [time, incidence[i], std_error[i], lower[i], upper[i]].map(number)),
      ]),
    ])
    .join("\n");
}

function intervalTable({
  from,
  to,
  mass,
  survival,
  std_error,
  lower,
  upper,
}: Extract<Result, { mass: object }>): string {
  const rows = from.map((age, i) => [age, to[i], mass[i], survival[i], std_error[i], lower[i], upper[i]].map(number));
  const head = ["from", "to", "mass", "survival", "s.e.", "lower 95", "upper 95"];
  return ["Turnbull", ...aligned([head, ...rows])].join("\n");
}

function coxChecks({ robust_se, proportionality }: RegressionResult): string[] {
  if (robust_se === undefined || proportionality === undefined) return [];
  const rows = Object.entries(proportionality).map(([name, { chisq, df, p }]) => [
    name,
    number(robust_se[name]),
    number(chisq),
    String(df),
    number(p),
  ]);
  return aligned([["", "robust s.e.", "proportional? χ²", "d.f.", "p"], ...rows]);
}
