import { useQuery } from "@tanstack/react-query";
import type { Fan, FrontierAnswer, FuturesAnswer } from "@trivium/model";
import { Button } from "../../components/button.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { SeriesChart } from "../../components/series-chart.tsx";
import { useInAddress } from "../../data/in-address.ts";
import type { PlanSummary } from "../../data/resources.ts";
import { answerQuery, rowsOf, tablesQuery } from "../../data/tables.ts";
import { percent, usdShort } from "../../format.ts";
import { facilities } from "../../text/facilities.ts";
import { Slider } from "./budget/slider.tsx";
import { FacilitiesPage } from "./facilities-page.tsx";
import type { Year } from "./register.ts";

const text = facilities.budget;
const FUTURES = 1000;
const POINTS = 6;

/** What money does: the slider, each year's dollar, how bad a year may become, and the frontier. */
export default function BudgetPage() {
  return (
    <FacilitiesPage title={text.title} intro={text.intro}>
      {(plan) => <Budget key={plan.plan_id} plan={plan} />}
    </FacilitiesPage>
  );
}

function Budget({ plan }: { plan: PlanSummary }) {
  const tables = useQuery(tablesQuery(plan.plan_id, { plan: { years: [] } }));
  const futures = useQuery(answerQuery<FuturesAnswer>(plan.plan_id, { kind: "futures", futures: FUTURES }));
  return (
    <QueryState query={tables}>
      {(found) => {
        const years = rowsOf<Year>(found.plan.years);
        const dollar = (year: number) => Number(plan.metrics[`dollar_${year}_saves_usd`] ?? 0);
        const points = (of: (year: Year) => number) =>
          years.map((year): [number, number] => [year.fiscal_year, of(year)]);
        return (
          <>
            <Slider plan={plan} years={years} />
            <div className="columns">
              <Drawn title={text.spendTitle}>
                <SeriesChart
                  title={text.spendTitle}
                  bars={{ name: text.spend, series: 1, points: points(({ spend_usd }) => spend_usd) }}
                  lines={[{ name: text.money, series: 2, points: points(({ budget_usd }) => budget_usd) }]}
                  writeY={usdShort}
                />
              </Drawn>
              <Drawn title={text.dollarTitle}>
                <SeriesChart
                  title={text.dollarTitle}
                  bars={{
                    name: text.dollarTitle,
                    series: 3,
                    points: points(({ fiscal_year }) => dollar(fiscal_year)),
                  }}
                  writeY={(value) => `$${value.toFixed(2)}`}
                />
              </Drawn>
            </div>
            <QueryState query={futures}>{(told) => <Fans futures={told} />}</QueryState>
            <Frontier plan={plan} />
          </>
        );
      }}
    </QueryState>
  );
}

function Drawn({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Fans({ futures }: { futures: FuturesAnswer }) {
  const fan = (of: (year: FuturesAnswer["by_year"][number]) => Fan) => ({
    lines: [
      {
        name: text.median,
        series: 1,
        points: futures.by_year.map((year): [number, number] => [year.fiscal_year, of(year).p50]),
      },
    ],
    bands: [
      {
        name: text.most,
        series: 6,
        points: futures.by_year.map((year): [number, number, number] => [year.fiscal_year, of(year).p05, of(year).p95]),
      },
      {
        name: text.half,
        series: 1,
        points: futures.by_year.map((year): [number, number, number] => [year.fiscal_year, of(year).p25, of(year).p75]),
      },
    ],
  });
  return (
    <div className="columns">
      <Drawn title={text.futures}>
        <SeriesChart title={text.futuresTitle} {...fan(({ emergency_usd }) => emergency_usd)} writeY={usdShort} />
        <p className="small muted">{text.overrun(percent(futures.overrun_chance_any_year, 0))}</p>
      </Drawn>
      <Drawn title={text.fci}>
        <SeriesChart title={text.fciTitle} {...fan(({ fci }) => fci)} writeY={(value) => percent(value, 1)} />
      </Drawn>
    </div>
  );
}

function Frontier({ plan }: { plan: PlanSummary }) {
  const [asked, ask] = useInAddress("frontier");
  const found = useQuery({
    ...answerQuery<FrontierAnswer>(plan.plan_id, { kind: "frontier", points: POINTS, iterations: 5000 }),
    enabled: asked !== "",
  });
  return (
    <Drawn title={text.frontier}>
      {asked === "" ? (
        <>
          <p className="muted">{text.frontierHow}</p>
          <div className="no-print">
            <Button onClick={() => ask("yes")}>{text.frontierAsk}</Button>
          </div>
        </>
      ) : (
        <QueryState query={found}>
          {({ points }) => (
            <SeriesChart
              title={text.frontierTitle}
              lines={[
                { name: text.plan, series: 1, points: points.map((each) => [each.budget_usd, each.objective_usd]) },
                { name: text.bound, series: 2, points: points.map((each) => [each.budget_usd, each.bound_usd]) },
              ]}
              writeX={usdShort}
              writeY={usdShort}
            />
          )}
        </QueryState>
      )}
    </Drawn>
  );
}
