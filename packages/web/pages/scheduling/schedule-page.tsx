import { useQuery } from "@tanstack/react-query";
import { AreaPage } from "../../components/area-page.tsx";
import { Downloads } from "../../components/downloads.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { useInAddress } from "../../data/in-address.ts";
import type { ExportFormat, PlanSummary } from "../../data/resources.ts";
import { tablesQuery } from "../../data/tables.ts";
import { scheduling as text } from "../../text/scheduling.ts";
import "../../theme/scheduling.css";
import { SCHEDULE, type School, schoolsOf } from "./schedule.ts";
import { TABS } from "./tabs.ts";

interface Props {
  readonly title: string;
  readonly intro: string;
  readonly children: (plan: PlanSummary, school: School) => React.ReactNode;
}

/** A page about one school of a schedule; which one stands in the address (`?school=`). */
export function SchedulePage({ title, intro, children }: Props) {
  return (
    <AreaPage
      area="scheduling"
      title={title}
      intro={intro}
      tabs={TABS}
      actions={(plan) => <Downloads plan={plan} files={FILES} preparing={text.preparing} />}
    >
      {(plan) => (
        <OfSchool key={plan.plan_id} plan={plan}>
          {children}
        </OfSchool>
      )}
    </AreaPage>
  );
}

function OfSchool({ plan, children }: { plan: PlanSummary; children: Props["children"] }) {
  const tables = useQuery({ ...tablesQuery(plan.plan_id, SCHEDULE), select: schoolsOf });
  const [wanted, choose] = useInAddress("school");
  return (
    <QueryState query={tables} lines={10}>
      {(schools) => {
        const school = schools.find(({ id }) => id === wanted) ?? schools[0];
        return school === undefined ? null : (
          <>
            {schools.length > 1 && (
              <label className="row small no-print">
                {text.school}
                <select
                  className="input plan-choice"
                  value={school.id}
                  onChange={(event) => choose(event.target.value)}
                >
                  {schools.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            )}
            {children(plan, school)}
          </>
        );
      }}
    </QueryState>
  );
}

const FILES: readonly (readonly [ExportFormat, string])[] = [
  ["pdf", text.exports.timetables],
  ["xlsx", text.exports.workbook],
  ["oneroster", text.exports.sis],
];
