import { useQuery } from "@tanstack/react-query";
import type { Plan } from "@trivium/model";
import { besideToday } from "../../../components/beside-today.ts";
import { Figure } from "../../../components/figure.tsx";
import { queries } from "../../../data/queries.ts";
import { percent, plain, whole } from "../../../format.ts";
import { figures } from "../../../text/figures.ts";
import { scenarios } from "../../../text/scenarios.ts";

const text = scenarios.plan;

/** What the plan achieves beside today's service, whether it was verified, and how far from the best possible it is. */
export function Figures({ plan, planId }: { plan: Plan; planId: string }) {
  const comparison = useQuery(queries.comparison("today", planId));
  const found = Object.entries(figures[plan.area]).filter(([metric]) => typeof plan.metrics[metric] === "number");
  return (
    <div className="stack">
      {found.length === 0 && (
        <div className="notice" data-tone="bad">
          <p>{text.noPlan}</p>
          <p>{plan.provenance.reason}</p>
        </div>
      )}
      <section className="card" aria-label={text.figures}>
        <div className="figures">
          {found.map(([metric, figure]) => (
            <Figure
              key={metric}
              text={figure}
              value={Number(plan.metrics[metric])}
              from={{ planId, metric }}
              {...besideToday(comparison.data, metric, figure.unit)}
            />
          ))}
        </div>
        {plan.unmet.length > 0 && <p className="muted">{text.unmet(whole(plan.unmet.length))}</p>}
      </section>
      <Verified plan={plan} />
      {plan.bound && (
        <section className="card" aria-label={text.bound}>
          <h2>{text.bound}</h2>
          <p>
            {text.boundText(
              plan.bound.objective.replaceAll("_", " "),
              plain(plan.bound.best_possible),
              percent(plan.bound.gap, 2),
            )}
          </p>
          <p className="small muted">{plan.bound.proof}</p>
        </section>
      )}
    </div>
  );
}

function Verified({ plan: { verification } }: { plan: Plan }) {
  if (!verification) return null;
  const times = Object.values(verification.checked).reduce((sum, count) => sum + count, 0);
  return (
    <div className="notice" data-tone={verification.ok ? "good" : "bad"}>
      <p>
        {verification.ok
          ? text.verifiedOk(
              Object.keys(verification.checked).length,
              whole(times),
              Object.keys(verification.figures).length,
            )
          : text.verifiedBad(verification.violation_count)}
      </p>
    </div>
  );
}
