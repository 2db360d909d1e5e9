import { useQuery } from "@tanstack/react-query";
import type { Area, Metrics } from "@trivium/model";
import { besideToday } from "../../components/beside-today.ts";
import { ButtonLink } from "../../components/button.tsx";
import { Figure } from "../../components/figure.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { queries } from "../../data/queries.ts";
import { ago } from "../../format.ts";
import { common } from "../../text/common.ts";
import { figures, headline } from "../../text/figures.ts";
import { home as text } from "../../text/home.ts";

interface Made {
  readonly plan_id: string;
  readonly status: "optimal" | "feasible" | "must_do_unmet" | "infeasible" | "no_plan";
  readonly created_at: string;
  readonly metrics: Metrics;
}

/** The newest plan of an area: its main figures, each beside today's. */
export function AreaCard({ area, plan }: { area: Area; plan: Made | undefined }) {
  return (
    <section className="card" aria-label={common.areas[area]}>
      <div className="card-head">
        <h2>{common.areas[area]}</h2>
        {plan && <StatusBadge status={plan.status} />}
      </div>
      {plan ? <Solved area={area} plan={plan} /> : <Unsolved />}
    </section>
  );
}

function Solved({ area, plan }: { area: Area; plan: Made }) {
  const comparison = useQuery(queries.comparison("today", plan.plan_id));
  return (
    <>
      <div className="figures">
        {headline[area].map((metric) => {
          const value = plan.metrics[metric];
          return (
            <Figure
              key={metric}
              text={figures[area][metric]}
              value={typeof value === "number" ? value : null}
              from={{ planId: plan.plan_id, metric }}
              {...besideToday(comparison.data, metric, figures[area][metric].unit)}
            />
          );
        })}
      </div>
      <p className="small muted" role="status">
        {comparison.isPending ? text.comparing : text.newest(ago(plan.created_at))}
      </p>
      <div className="row no-print">
        <ButtonLink look="main" href={`/plans/${plan.plan_id}`}>
          {text.openPlan}
        </ButtonLink>
        <ButtonLink href={`/compare?a=today&b=${plan.plan_id}`}>{text.compare}</ButtonLink>
      </div>
    </>
  );
}

function Unsolved() {
  return (
    <>
      <p className="muted">{text.noPlanText}</p>
      <div className="row no-print">
        <ButtonLink href="/scenarios">{text.makePlan}</ButtonLink>
      </div>
    </>
  );
}
