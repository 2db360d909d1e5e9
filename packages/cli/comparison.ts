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
  const differences = Object.entries(comparison.differences ?? {}).flatMap(([kind, list]) =>
    differenceLines(kind, list),
  );
  return [comparison.headline, "", ...table, ...(affected.length > 0 ? ["", ...affected] : []), ...differences].join(
    "\n",
  );
}

export function renderExplanation(explanation: Explanation): string {
  const facts = explanation.facts.map(({ label, value }) => `  ${label}: ${value}`);
  const mends = explanation.mends.map(
    ({ change, effect, replayed }) =>
      `  ${replayed === false ? "no mend" : "mend"}: ${change} → ${effect}${replayed ? " (carried out and verified)" : ""}`,
  );
  return [
    `${explanation.subject}: ${explanation.summary}`,
    ...facts,
    ...mends,
    ...(explanation.proven ? [] : ["  (not proven)"]),
  ].join("\n");
}

const DIFFERENCES_SHOWN = 20;

/** `BIO-1 pattern_id: A1 → A3`, as many as a person reads; `--json` has all. */
function differenceLines(kind: string, rows: NonNullable<Comparison["differences"]>[string]): string[] {
  if (rows.length === 0) return [];
  const lines = rows.slice(0, DIFFERENCES_SHOWN).map(({ a, b, ...what }) => {
    return `  ${Object.values(what).join(" ")}: ${a ?? "nothing"} → ${b ?? "nothing"}`;
  });
  const more =
    rows.length > DIFFERENCES_SHOWN ? [`  and ${rows.length - DIFFERENCES_SHOWN} more (--json lists them)`] : [];
  return ["", `${kind} that differ: ${rows.length}`, ...lines, ...more];
}
