import { useQuery } from "@tanstack/react-query";
import type { TablesAnswer } from "@trivium/model";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { SelectField } from "../../components/field.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { EmptyState } from "../../components/states.tsx";
import { useInAddress } from "../../data/in-address.ts";
import type { PlanSummary } from "../../data/resources.ts";
import { rowsOf, tablesQuery } from "../../data/tables.ts";
import { facilities } from "../../text/facilities.ts";
import { FacilitiesPage } from "./facilities-page.tsx";
import { MoveDialog } from "./plan/move-dialog.tsx";
import { YearColumn } from "./plan/year-column.tsx";
import type { Project, Year } from "./register.ts";

const text = facilities.plan;
const WANTED = {
  plan: { plan: [], years: [] },
  district: {
    schools: ["school_id", "name"],
    assets: ["asset_id", "asset_type_id"],
    asset_types: ["asset_type_id", "title"],
  },
  settings: true,
};

/** The capital plan as a board of years. */
export default function PlanPage() {
  return (
    <FacilitiesPage title={text.title} intro={text.intro}>
      {(plan) => <Plan key={plan.plan_id} plan={plan} />}
    </FacilitiesPage>
  );
}

function Plan({ plan }: { plan: PlanSummary }) {
  const tables = useQuery(tablesQuery(plan.plan_id, WANTED));
  return (
    <QueryState query={tables} lines={10}>
      {(found) =>
        found.plan.plan.rows === 0 ? (
          <EmptyState title={text.none}>{text.noneText}</EmptyState>
        ) : (
          <Years plan={plan} tables={found} />
        )
      }
    </QueryState>
  );
}

function Years({ plan, tables }: { plan: PlanSummary; tables: TablesAnswer }) {
  const [school, setSchool] = useInAddress("school");
  const [picked, setPicked] = useState<Project | null>(null);
  const [target, setTarget] = useState<number | null>(null);
  const years = rowsOf<Year>(tables.plan.years);
  const all = rowsOf<Project>(tables.plan.plan);
  const schools = rowsOf<{ school_id: string; name: string }>(tables.district.schools);
  const typeOf = typesOf(tables);
  const letBe = () => {
    setPicked(null);
    setTarget(null);
  };
  const year = years.find(({ fiscal_year }) => fiscal_year === target);
  return (
    <>
      <div className="form-row no-print">
        <SelectField
          label={text.school}
          value={school}
          options={[["", text.all], ...schools.map(({ school_id, name }): [string, string] => [school_id, name])]}
          onChange={(event) => setSchool(event.target.value)}
        />
      </div>
      <div className="row no-print" role="status">
        {picked ? (
          <>
            <strong>{text.picked(picked.asset_id)}</strong>
            <Button look="small" onClick={letBe}>
              {text.letBe}
            </Button>
          </>
        ) : (
          <p className="small muted">{text.how}</p>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="years" tabIndex={0} aria-label={text.title}>
        {years.map((each) => (
          <YearColumn
            key={each.fiscal_year}
            year={each}
            dollar={Number(plan.metrics[`dollar_${each.fiscal_year}_saves_usd`] ?? 0)}
            projects={all.filter(
              (project) => project.fiscal_year === each.fiscal_year && (school === "" || project.school_id === school),
            )}
            typeOf={typeOf}
            picked={picked}
            onPick={(project) => setPicked(project === picked ? null : project)}
            onTarget={setTarget}
          />
        ))}
      </section>
      {picked && year && (
        <MoveDialog plan={plan} project={picked} year={year} settings={tables.settings ?? {}} onClose={letBe} />
      )}
    </>
  );
}

function typesOf({ district }: TablesAnswer): (asset: string) => string {
  const titles = new Map(
    rowsOf<{ asset_type_id: string; title: string }>(district.asset_types).map((row) => [row.asset_type_id, row.title]),
  );
  const types = new Map(
    rowsOf<{ asset_id: string; asset_type_id: string }>(district.assets).map((row) => [
      row.asset_id,
      row.asset_type_id,
    ]),
  );
  return (asset) => titles.get(types.get(asset) ?? "") ?? "";
}
