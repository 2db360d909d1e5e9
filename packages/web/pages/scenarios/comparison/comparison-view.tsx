import { useQuery } from "@tanstack/react-query";
import type { Comparison, FigureComparison } from "@trivium/model";
import { Progress } from "../../../components/progress.tsx";
import { ErrorState } from "../../../components/states.tsx";
import { Badge } from "../../../components/status-badge.tsx";
import { queries } from "../../../data/queries.ts";
import { percent, plain, usd } from "../../../format.ts";
import { common } from "../../../text/common.ts";
import { scenarios } from "../../../text/scenarios.ts";
import { Affected } from "./affected.tsx";
import { ParityDifference } from "./parity-difference.tsx";

const text = scenarios.compare;

/** What got better and worse, in dollars and otherwise; who is affected; parity by group. */
export function ComparisonView({ a, b }: { a: string; b: string }) {
  const comparison = useQuery(queries.comparison(a, b));
  if (comparison.isError) return <ErrorState error={comparison.error} retry={() => void comparison.refetch()} />;
  if (!comparison.data) return <Progress label={text.working} share={null} />;
  const { headline, figures } = comparison.data;
  const dollars = figures.filter(isDollars);
  return (
    <>
      <p className="headline">{headline}.</p>
      {dollars.length > 0 && <FigureTable title={text.dollars} figures={dollars} a={a} b={b} />}
      <FigureTable title={text.figures} figures={figures.filter((figure) => !isDollars(figure))} a={a} b={b} />
      <Affected comparison={comparison.data as Comparison} />
      <ParityDifference a={a} b={b} />
    </>
  );
}

const isDollars = ({ unit }: FigureComparison): boolean => unit.toLowerCase() === "usd";

function shown(value: number | null, unit: string): string {
  if (value === null) return common.none;
  if (unit.toLowerCase() === "usd") return usd(value);
  return unit === "share" ? percent(value) : `${plain(value)} ${unit === "0–3" ? "" : unit}`.trim();
}
const signed = (value: number, unit: string): string =>
  `${value > 0 ? "+" : value < 0 ? "−" : ""}${shown(Math.abs(value), unit)}`;

interface TableProps {
  readonly title: string;
  readonly figures: readonly FigureComparison[];
  readonly a: string;
  readonly b: string;
}

function FigureTable({ title, figures, a, b }: TableProps) {
  const nameOf = (side: string, otherwise: string) => (side === "today" ? common.today : otherwise);
  return (
    <div className="card card-flush">
      <div className="card-head">
        <h2>{title}</h2>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="table-scroll" tabIndex={0} aria-label={title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.figure}</th>
              <th scope="col" data-align="end">
                {nameOf(a, "A")}
              </th>
              <th scope="col" data-align="end">
                {nameOf(b, a === "today" ? text.plan : "B")}
              </th>
              <th scope="col" data-align="end">
                {text.difference}
              </th>
              <th scope="col">{text.better}</th>
            </tr>
          </thead>
          <tbody>
            {figures.map(({ name, label, unit, a: left, b: right, difference, better }) => (
              <tr key={name}>
                <td>{label}</td>
                <td data-align="end">{shown(left, unit)}</td>
                <td data-align="end">{shown(right, unit)}</td>
                <td data-align="end">{difference === null ? common.none : signed(difference, unit)}</td>
                <td>
                  {better !== null && (
                    <Badge tone={better === "b" ? "good" : "bad"}>{better === "b" ? text.gains : text.loses}</Badge>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
