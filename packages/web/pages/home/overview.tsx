import { useQuery } from "@tanstack/react-query";
import { EmptyDistrict } from "../../components/empty-district.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { PLAN_AREAS } from "../../data/areas.ts";
import { newestByArea, queries } from "../../data/queries.ts";
import { home as text } from "../../text/home.ts";
import { AreaCard } from "./area-card.tsx";
import { DataCard } from "./data-card.tsx";
import { RunningJobs } from "./running-jobs.tsx";

/** The district at a glance: its data, what is being solved, and the newest plan of each area beside today's service. */
export default function Overview() {
  const datasets = useQuery(queries.datasets());
  const plans = useQuery(queries.plans());
  return (
    <>
      <PageHead title={text.title}>{text.intro}</PageHead>
      <QueryState query={datasets}>
        {([newest]) =>
          newest === undefined ? (
            <EmptyDistrict />
          ) : (
            <div className="stack">
              <RunningJobs />
              <QueryState query={plans}>
                {(found) => {
                  const byArea = newestByArea(found);
                  return (
                    <div className="columns">
                      {PLAN_AREAS.map((area) => (
                        <AreaCard key={area} area={area} plan={byArea[area]} />
                      ))}
                    </div>
                  );
                }}
              </QueryState>
              <DataCard dataset={newest} />
            </div>
          )
        }
      </QueryState>
    </>
  );
}
