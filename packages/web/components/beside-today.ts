import type { Comparison } from "@trivium/model";
import type { Unit } from "../text/figures.ts";
import { home as text } from "../text/home.ts";
import { written } from "./figure.tsx";

/** Today's value of a figure as its note, and whether the plan's is better. Nothing where there is none, or no comparison yet. */
export function besideToday(
  comparison: Comparison | undefined,
  metric: string,
  unit: Unit,
): { note?: string; tone?: "good" | "bad" } {
  const figure = comparison?.figures.find(({ name }) => name === metric);
  if (figure === undefined || figure.a === null) return {};
  const tone = figure.better === "b" ? "good" : figure.better === "a" ? "bad" : undefined;
  return { note: text.todayWas(written(figure.a, unit).join(" ").trim()), tone };
}
