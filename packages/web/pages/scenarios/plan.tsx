import { useQuery } from "@tanstack/react-query";
import type { Plan } from "@trivium/model";
import { useParams } from "wouter";
import { Figure } from "../../components/figure.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { queries } from "../../data/queries.ts";
import { common } from "../../text/common.ts";
import { figures } from "../../text/figures.ts";
import { scenarios } from "../../text/scenarios.ts";

const text = scenarios.plan;

/** One plan: what it achieves, and how it stands. */
export default function PlanPage() {
  const { planId = "" } = useParams();
  const plan = useQuery(queries.plan(planId));
  return (
    <QueryState query={plan}>
      {(found) => (
        <>
          <PageHead title={text.title(common.areas[found.area], found.scenario.name)} />
          <Figures plan={found} planId={planId} />
        </>
      )}
    </QueryState>
  );
}

function Figures({ plan, planId }: { plan: Plan; planId: string }) {
  return (
    <section className="card" aria-label={text.figures}>
      <div className="figures">
        {Object.entries(figures[plan.area]).map(([metric, figure]) => {
          const value = plan.metrics[metric];
          return typeof value === "number" ? (
            <Figure key={metric} text={figure} value={value} from={{ planId, metric }} />
          ) : null;
        })}
      </div>
    </section>
  );
}
