import { useMutation } from "@tanstack/react-query";
import type { Change, WhatIfAnswer, WhatIfFigures } from "@trivium/model";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { DataTable, type TableColumn } from "../../../components/data-table.tsx";
import { NewScenario } from "../../../components/new-scenario.tsx";
import { LoadingState, ProblemNotice } from "../../../components/states.tsx";
import { client } from "../../../data/client.ts";
import type { PlanSummary } from "../../../data/resources.ts";
import { decimal, percent, plain, usd, usdShort } from "../../../format.ts";
import { facilities } from "../../../text/facilities.ts";
import type { Year } from "../register.ts";

const text = facilities.budget;
const ITERATIONS = 5_000;

/** Every year's money scaled: at once by the prices of each year's dollar, then planned anew, then solved as a scenario. */
export function Slider({ plan, years }: { plan: PlanSummary; years: readonly Year[] }) {
  const [percentOf, setPercent] = useState(100);
  const share = percentOf / 100;
  const whatIf = useMutation({
    mutationFn: async () =>
      (await client.ask({
        plan_id: plan.plan_id,
        question: { kind: "what_if", change: "budget", share, iterations: ITERATIONS },
      })) as unknown as WhatIfAnswer,
  });
  const budget = years.reduce((sum, { budget_usd }) => sum + budget_usd, 0);
  const change = years.reduce(
    (sum, { fiscal_year, budget_usd }) =>
      sum + (1 - share) * budget_usd * Number(plan.metrics[`dollar_${fiscal_year}_saves_usd`] ?? 0),
    0,
  );
  return (
    <section className="card" aria-label={text.slider}>
      <h2>{text.slider}</h2>
      <label className="field">
        <span className="field-label">{text.share(percent(share, 0))}</span>
        <input
          className="slider no-print"
          type="range"
          min={50}
          max={150}
          step={5}
          value={percentOf}
          onChange={(event) => {
            setPercent(Number(event.target.value));
            whatIf.reset();
          }}
        />
      </label>
      <p role="status">
        <strong>
          {text.preview(usdShort(share * budget), `${change >= 0 ? "+" : "−"}${usdShort(Math.abs(change))}`)}
        </strong>
      </p>
      <p className="small muted">{text.previewHow}</p>
      <div className="no-print">
        <Button disabled={whatIf.isPending || share === 1} onClick={() => whatIf.mutate()}>
          {text.replan}
        </Button>
      </div>
      {whatIf.isPending && (
        <>
          <p className="muted">{text.planning}</p>
          <LoadingState lines={4} />
        </>
      )}
      {whatIf.isError && <ProblemNotice error={whatIf.error} />}
      {whatIf.data && <Replanned plan={plan} answer={whatIf.data} />}
    </section>
  );
}

type FigureName = keyof typeof text.rows;
const write = (name: FigureName, value: number): string =>
  name === "fci_end"
    ? percent(value)
    : name.endsWith("_usd")
      ? usd(value)
      : name === "expected_failures"
        ? decimal(value)
        : plain(value);

function Replanned({ plan, answer }: { plan: PlanSummary; answer: WhatIfAnswer }) {
  const names = Object.keys(text.rows) as (FigureName & keyof WhatIfFigures)[];
  const columns: TableColumn<{ name: FigureName & keyof WhatIfFigures }>[] = [
    { id: "figure", header: text.figure, value: ({ name }) => text.rows[name] },
    { id: "was", header: text.was, align: "end", value: ({ name }) => write(name, answer.before[name]) },
    { id: "becomes", header: text.becomes, align: "end", value: ({ name }) => write(name, answer.after[name]) },
  ];
  return (
    <>
      <DataTable
        label={text.becomes}
        columns={columns}
        rows={names.map((name) => ({ name }))}
        rowId={({ name }) => name}
        searchable={false}
      />
      <NewScenario
        plan={plan}
        area="facilities"
        name={answer.what.slice(0, 200)}
        changes={answer.changes as Change[]}
        page="/facilities/budget"
      />
    </>
  );
}
