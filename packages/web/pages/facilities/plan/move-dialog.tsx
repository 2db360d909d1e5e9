import { useQuery } from "@tanstack/react-query";
import type { Change } from "@trivium/model";
import { Dialog } from "../../../components/dialog.tsx";
import { NewScenario } from "../../../components/new-scenario.tsx";
import { QueryState } from "../../../components/query-state.tsx";
import type { PlanSummary } from "../../../data/resources.ts";
import { answerQuery } from "../../../data/tables.ts";
import { decimal, usdShort } from "../../../format.ts";
import { facilities } from "../../../text/facilities.ts";
import type { Project, Year } from "../register.ts";

const text = facilities.plan;

interface Props {
  readonly plan: PlanSummary;
  readonly project: Project;
  readonly year: Year;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly onClose: () => void;
}

interface Waiting {
  readonly objective_change_usd: number;
  readonly failures_change: number;
  readonly emergency_change_usd: number;
  readonly cost_change_usd: number;
}

/** A project in another year: what waiting would cost, whether the year holds it, and a scenario in which it is done by then. */
export function MoveDialog({ plan, project, year, settings, onClose }: Props) {
  const { asset_id } = project;
  const years = year.fiscal_year - project.fiscal_year;
  const over = year.spend_usd + (project.cost_usd ?? 0) - year.budget_usd;
  const mustDo = Array.isArray(settings.must_do) ? settings.must_do : [];
  const changes: Change[] = [
    {
      op: "settings",
      area: "facilities",
      values: { must_do: [...mustDo, { asset_id, by: year.fiscal_year }] },
    },
  ];
  return (
    <Dialog title={text.dialog(asset_id, year.fiscal_year)} onClose={onClose}>
      {years > 0 ? <Later plan={plan} asset={asset_id} years={years} /> : <p>{text.earlier}</p>}
      <p className="small notice" data-tone={over > 0 ? "warn" : "good"}>
        {over > 0 ? text.over(usdShort(over)) : text.fits}
      </p>
      {years > 0 ? (
        <p className="small muted">{text.lateOnly}</p>
      ) : (
        <>
          <p className="small muted">{text.only}</p>
          <NewScenario
            plan={plan}
            area="facilities"
            name={text.name(asset_id, year.fiscal_year)}
            changes={changes}
            page="/facilities/plan"
          />
        </>
      )}
    </Dialog>
  );
}

function Later({ plan, asset, years }: { plan: PlanSummary; asset: string; years: number }) {
  const waiting = useQuery(answerQuery<Waiting>(plan.plan_id, { kind: "wait", asset_id: asset, years }));
  return (
    <QueryState query={waiting}>
      {(found) => (
        <dl className="facts">
          <dt>{text.later}</dt>
          <dd>{text.more(found.objective_change_usd)}</dd>
          <dt>{text.failureChange}</dt>
          <dd>{text.moreFailures(decimal(found.failures_change, 2))}</dd>
          <dt>{text.emergencyChange}</dt>
          <dd>{text.more(found.emergency_change_usd)}</dd>
          <dt>{text.costChange}</dt>
          <dd>{text.more(found.cost_change_usd)}</dd>
        </dl>
      )}
    </QueryState>
  );
}
