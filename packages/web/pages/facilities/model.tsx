import { useQuery } from "@tanstack/react-query";
import type { ModelCard, Plan } from "@trivium/model";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { SeriesChart } from "../../components/series-chart.tsx";
import { EmptyState } from "../../components/states.tsx";
import { queries } from "../../data/queries.ts";
import type { PlanSummary } from "../../data/resources.ts";
import { decimal, plain } from "../../format.ts";
import { common } from "../../text/common.ts";
import { facilities } from "../../text/facilities.ts";
import { FacilitiesPage } from "./facilities-page.tsx";

const text = facilities.model;
type Measured = ModelCard["backtest"]["figures"][number];

/** The model card: what the forecast rests on, and how well it did on the district's own past. */
export default function ModelPage() {
  return (
    <FacilitiesPage title={text.title} intro={text.intro}>
      {(plan) => <Model plan={plan} />}
    </FacilitiesPage>
  );
}

function Model({ plan }: { plan: PlanSummary }) {
  const whole = useQuery(queries.plan(plan.plan_id));
  return (
    <QueryState query={whole} lines={8}>
      {(found) => {
        const card = (found as Plan<"facilities">).decisions.model_card;
        return card ? <Card card={card} /> : <EmptyState title={text.none}>{text.noneText}</EmptyState>;
      }}
    </QueryState>
  );
}

function Card({ card }: { card: ModelCard }) {
  const { backtest } = card;
  const overall = backtest.figures.filter(({ slice }) => slice === "all");
  const tenths = (measure: RegExp) =>
    backtest.figures
      .filter((row) => row.slice.startsWith("tenth") && row.method === "trivium" && measure.test(row.measure))
      .map((row): [number, number] => [Number(row.slice.replace(/\D/g, "")), row.value ?? 0]);
  const [expected, observed] = [tenths(/^expected/), tenths(/^observed/)];
  return (
    <>
      <section className="card" aria-label={text.verdict}>
        <h2>{text.verdict}</h2>
        <p>{card.verdict}</p>
        <p className="muted">{card.forecast}</p>
        <p className="small muted">{text.origins(backtest.origins.join(", "), backtest.horizon_years)}</p>
      </section>
      {expected.length > 0 && (
        <section className="card" aria-label={text.calibration}>
          <h2>{text.calibration}</h2>
          <SeriesChart
            title={text.calibrationTitle}
            bars={{ name: text.observed, series: 2, points: observed }}
            lines={[{ name: text.expected, series: 1, points: expected }]}
            writeY={plain}
          />
        </section>
      )}
      <div className="card card-flush">
        <DataTable
          label={text.table}
          columns={COLUMNS}
          rows={overall}
          rowId={(row) => [row.origin, row.method, row.measure, row.horizon_years].join(" ")}
        />
      </div>
      <div className="columns">
        <Listed title={text.method} items={card.method} />
        <Listed title={text.limits} items={card.limits} />
        <Listed title={text.data} items={Object.entries(card.data).map(([name, value]) => `${name}: ${value}`)} />
        <Listed title={text.inputs} items={card.inputs.map(({ name, known_from }) => `${name} (${known_from})`)} />
      </div>
      <section className="card card-flush" aria-label={text.priors}>
        <div className="card-head">
          <h2>{text.priors}</h2>
        </div>
        <DataTable
          label={text.priors}
          columns={PRIORS}
          rows={card.priors}
          rowId={({ asset_type_id }) => asset_type_id}
        />
      </section>
    </>
  );
}

function Listed({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <ul className="small stack-close">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  );
}

const value = (number: number | undefined) => (number === undefined ? common.none : decimal(number, 3));

const COLUMNS: readonly TableColumn<Measured>[] = [
  { id: "origin", header: text.columns.origin, value: ({ origin }) => origin },
  { id: "method", header: text.columns.method, value: ({ method }) => method },
  { id: "measure", header: text.columns.measure, value: ({ measure }) => measure },
  { id: "value", header: text.columns.value, align: "end", value: (row) => row.value, cell: (row) => value(row.value) },
  { id: "low", header: text.columns.low, align: "end", value: ({ low }) => low, cell: ({ low }) => value(low) },
  { id: "high", header: text.columns.high, align: "end", value: ({ high }) => high, cell: ({ high }) => value(high) },
];

const PRIORS: readonly TableColumn<ModelCard["priors"][number]>[] = [
  { id: "type", header: text.prior.type, value: ({ asset_type_id }) => asset_type_id },
  { id: "life", header: text.prior.life, align: "end", value: ({ life_median_years }) => life_median_years },
  { id: "spread", header: text.prior.spread, align: "end", value: ({ life_spread }) => life_spread },
  { id: "source", header: text.prior.source, value: ({ source }) => source },
];
