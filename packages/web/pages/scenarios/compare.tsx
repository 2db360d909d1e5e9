import { useQuery } from "@tanstack/react-query";
import type { Area } from "@trivium/model";
import { useSearchParams } from "wouter";
import { Button } from "../../components/button.tsx";
import { SelectField } from "../../components/field.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { EmptyState } from "../../components/states.tsx";
import { queries } from "../../data/queries.ts";
import type { PlanSummary } from "../../data/resources.ts";
import { dateTime, short } from "../../format.ts";
import { common } from "../../text/common.ts";
import { scenarios } from "../../text/scenarios.ts";
import { ComparisonView } from "./comparison/comparison-view.tsx";

const text = scenarios.compare;
const TODAY = "today";

/** Any two plans of an area, or one and today's service; which, stands in the address. */
export default function Compare() {
  const [search, setSearch] = useSearchParams();
  const plans = useQuery(queries.plans());
  const names = useQuery(queries.scenarios());
  const a = search.get("a") ?? TODAY;
  const b = search.get("b");
  const choose = (next: { a?: string; b?: string }) => setSearch({ a, ...(b ? { b } : {}), ...next });
  return (
    <>
      <PageHead title={text.title} above={[{ name: scenarios.tree.title, href: "/scenarios" }]}>
        {text.intro}
      </PageHead>
      <QueryState query={plans}>
        {(found) => {
          const nameOf = (plan: PlanSummary) =>
            names.data?.find(({ scenario_id }) => scenario_id === plan.scenario_id)?.scenario.name ??
            short(plan.scenario_id);
          const area = found.find(({ plan_id }) => plan_id === b || plan_id === a)?.area;
          const optionsOf = (only: Area | undefined) =>
            found
              .filter((plan) => only === undefined || plan.area === only)
              .map(
                (plan) =>
                  [plan.plan_id, `${common.areas[plan.area]}: ${nameOf(plan)}, ${dateTime(plan.created_at)}`] as const,
              );
          return (
            <div className="stack">
              <div className="card form-row form-end no-print">
                <SelectField
                  label={text.a}
                  value={a}
                  onChange={(event) => choose({ a: event.target.value })}
                  options={[[TODAY, text.today], ...optionsOf(b ? area : undefined)]}
                />
                <SelectField
                  label={text.b}
                  value={b ?? ""}
                  onChange={(event) => choose({ b: event.target.value })}
                  options={[["", text.choose], ...optionsOf(a === TODAY ? undefined : area)]}
                />
                <Button disabled={!b || a === TODAY} onClick={() => b && choose({ a: b, b: a })}>
                  {text.swap}
                </Button>
              </div>
              {b ? <ComparisonView key={`${a} ${b}`} a={a} b={b} /> : <EmptyState title={text.choose} />}
            </div>
          );
        }}
      </QueryState>
    </>
  );
}
