import type { Comparison, Explanation } from "@trivium/model";

const number = (value: number | null) =>
  value === null ? "–" : value.toLocaleString("en-US", { maximumFractionDigits: 2 });

/** A comparison as a table for the terminal, worst news not hidden: what got worse is marked as plainly as what got better. */
export function renderComparison(comparison: Comparison): string {
  const rows = comparison.figures.map((figure) => [
    figure.unit === "" ? figure.label : `${figure.label} (${figure.unit})`,
    number(figure.a),
    number(figure.b),
    figure.difference === null || figure.difference === 0
      ? ""
      : `${figure.difference > 0 ? "+" : ""}${number(figure.difference)}`,
    figure.better === "b" ? "better" : figure.better === "a" ? "worse" : "",
  ]);
  const all = [["", comparison.a.slice(0, 12), comparison.b.slice(0, 12), "change", ""], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column].length)));
  const table = all.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  const affected = Object.entries(comparison.affected)
    .filter(([, ids]) => ids.length > 0)
    .map(
      ([kind, ids]) => `${kind} affected: ${ids.length} (${ids.slice(0, 8).join(", ")}${ids.length > 8 ? " …" : ""})`,
    );
  return [comparison.headline, "", ...table, ...(affected.length > 0 ? ["", ...affected] : [])].join("\n");
}

export function renderExplanation(explanation: Explanation): string {
  const facts = explanation.facts.map(({ label, value }) => `  ${label}: ${value}`);
  const mends = explanation.mends.map(({ change, effect }) => `  mend: ${change} → ${effect}`);
  return [
    `${explanation.subject}: ${explanation.summary}`,
    ...facts,
    ...mends,
    ...(explanation.proven ? [] : ["  (not proven)"]),
  ].join("\n");
}
