import type { Progress } from "@trivium/model";
import { useCallback } from "react";
import { Chart } from "../../components/chart.tsx";
import { scenarios } from "../../text/scenarios.ts";

const text = scenarios.job;

/** Best and bound over the search: how fast it gets better, and how much there can be left to win. Parts of a solve that count other things are drawn apart. */
export function SearchChart({ history }: { history: readonly Progress[] }) {
  const options = useCallback(
    (plot: typeof import("@observablehq/plot")) => {
      const bests = history.filter(({ best }) => best !== null);
      const bounds = history.filter(({ bound }) => bound !== null);
      return {
        marginLeft: 76,
        x: { label: text.chartX, percent: true, domain: [0, 100] },
        y: { grid: true, nice: true, label: bests.at(-1)?.best_label.replaceAll("_", " ") ?? "", zero: false },
        color: { legend: false },
        marks: [
          plot.lineY(bounds, {
            x: "share",
            y: "bound",
            z: "best_label",
            stroke: "var(--muted)",
            strokeDasharray: "4 3",
          }),
          plot.lineY(bests, {
            x: "share",
            y: "best",
            z: "best_label",
            stroke: "var(--series-1)",
            strokeWidth: 2,
            curve: "step-after",
          }),
          plot.dotY(bests, { x: "share", y: "best", r: 2, fill: "var(--series-1)" }),
        ],
      };
    },
    [history],
  );
  return <Chart label={text.chart} options={options} />;
}
