import type { Compared } from "@trivium/engine";
import type { Comparison, FigureComparison } from "@trivium/model";
import { plain, usd } from "./report/words.ts";

/** What two plans are judged by: which way is better, or neither. */
const FIGURES: readonly (readonly [name: string, label: string, unit: string, better: "less" | "more" | null])[] = [
  ["objective_usd", "Discounted cost of failures, repairs and energy", "usd", "less"],
  ["expected_failures", "Failures expected over the horizon", "failures", "less"],
  ["failures_avoided", "Failures avoided", "failures", "more"],
  ["emergency_usd", "Emergency spend expected", "usd", "less"],
  ["repair_usd", "Repairs expected", "usd", "less"],
  ["energy_usd", "Energy", "usd", "less"],
  ["spend_usd", "Planned spend", "usd", null],
  ["projects", "Projects", "projects", null],
  ["visits", "Visits", "visits", null],
  ["must_do_met", "Must-dos met", "assets", "more"],
  ["fci_end", "Facility condition index at the end", "share", "less"],
];

export function comparePlans(a: Compared<"facilities">, b: Compared<"facilities">): Comparison {
  const number = (side: Compared<"facilities">, name: string) =>
    typeof side.metrics[name] === "number" ? side.metrics[name] : null;
  const figures = FIGURES.map(([name, label, unit, better]): FigureComparison => {
    const [left, right] = [number(a, name), number(b, name)];
    const difference = left === null || right === null ? null : right - left;
    const which =
      difference === null || difference === 0 || better === null
        ? null
        : difference < 0 === (better === "less")
          ? "b"
          : "a";
    return { name, label, unit, a: left, b: right, difference, better: which };
  });
  return {
    area: "facilities",
    a: a.name,
    b: b.name,
    headline: headlineOf(a, b, figures),
    figures,
    affected: { assets: changedAssets(a, b) },
  };
}

function headlineOf(
  a: Compared<"facilities">,
  b: Compared<"facilities">,
  figures: readonly FigureComparison[],
): string {
  const of = (name: string) => figures.find((each) => each.name === name)?.difference ?? 0;
  const failures = of("expected_failures");
  const emergency = of("emergency_usd");
  return (
    `${b.name} has ${plain(Math.abs(failures), 1)} ${failures <= 0 ? "fewer" : "more"} expected failures than ${a.name} and ` +
    `${usd(Math.abs(emergency))} ${emergency <= 0 ? "less" : "more"} emergency spend, for ${usd(Math.abs(of("spend_usd")))} ${of("spend_usd") <= 0 ? "less" : "more"} planned money`
  );
}

/** Assets that are replaced in another year, or in one plan only. */
function changedAssets(a: Compared<"facilities">, b: Compared<"facilities">): string[] {
  const years = (side: Compared<"facilities">) =>
    new Map(side.decisions.plan.map((row) => [row.asset_id, row.fiscal_year]));
  const [left, right] = [years(a), years(b)];
  return [...new Set([...left.keys(), ...right.keys()])].filter((id) => left.get(id) !== right.get(id)).sort();
}
