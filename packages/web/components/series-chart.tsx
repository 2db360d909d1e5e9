import { useCallback } from "react";
import { Chart } from "./chart.tsx";

interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Number of the series colour, from 1. */
  readonly series: number;
}

interface Band {
  readonly name: string;
  readonly points: readonly (readonly [x: number, low: number, high: number])[];
  readonly series: number;
}

interface Props {
  /** What is drawn, in a sentence. */
  readonly title: string;
  readonly lines?: readonly Line[];
  /** Widest first: drawn below the lines. */
  readonly bands?: readonly Band[];
  readonly bars?: Line;
  readonly writeX?: (x: number) => string;
  readonly writeY: (y: number) => string;
  readonly yMax?: number;
}

const colour = ({ series }: { series: number }) => `var(--series-${series})`;

/** Named lines, bands and bars over years or money, with their names below. */
export function SeriesChart({ title, lines = [], bands = [], bars, writeX = String, writeY, yMax }: Props) {
  const options = useCallback(
    (plot: typeof import("@observablehq/plot")) => ({
      marginLeft: 64,
      // Bars stand on names, lines on a scale of numbers: a chart that has bars shows its lines over the same names.
      x: bars
        ? { type: "band" as const, label: null, tickFormat: writeX }
        : { label: null, tickFormat: writeX, ticks: 8 },
      y: {
        grid: true,
        nice: true,
        zero: true,
        label: null,
        tickFormat: writeY,
        ...(yMax ? { domain: [0, yMax] } : {}),
      },
      marks: [
        ...bands.map((band) =>
          plot.areaY(band.points, { x: "0", y1: "1", y2: "2", fill: colour(band), fillOpacity: 0.18 }),
        ),
        ...(bars ? [plot.barY(bars.points, { x: "0", y: "1", fill: colour(bars) })] : []),
        ...lines.map((line) => plot.lineY(line.points, { x: "0", y: "1", stroke: colour(line), strokeWidth: 2.5 })),
        plot.ruleY([0]),
      ],
    }),
    [lines, bands, bars, writeX, writeY, yMax],
  );
  return (
    <div>
      <Chart label={title} options={options} />
      <p className="series-legend small muted">
        {[...lines, ...(bars ? [bars] : []), ...bands].map(({ name, series }) => (
          <span key={name} data-colour={`series-${series}`}>
            {name}
          </span>
        ))}
      </p>
    </div>
  );
}
