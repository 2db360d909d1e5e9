import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "wouter";
import { Button, ButtonLink } from "../../components/button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { QueryTabs, useView } from "../../components/query-tabs.tsx";
import { queries } from "../../data/queries.ts";
import type { DatasetResource, Findings } from "../../data/resources.ts";
import { useMay } from "../../data/session.tsx";
import { ago, short } from "../../format.ts";
import { district } from "../../text/district.ts";
import { Completeness, TableSizes } from "./dataset-tables.tsx";
import { RemoveDataset } from "./remove-dataset.tsx";
import { WorkList } from "./work-list.tsx";

const text = district.dataset;
const VIEWS = ["work", "tables", "completeness"] as const;

/** One snapshot of the data: what a person has to look at in it, what it holds, how full it is. */
export default function Dataset() {
  const { hash = "" } = useParams();
  const dataset = useQuery(queries.dataset(hash));
  const findings = useQuery(queries.findings(hash));
  return (
    <QueryState query={dataset}>
      {(found) => (
        <>
          <Head dataset={found} />
          <QueryTabs label={found.name} views={VIEWS.map((view) => [view, text.tabs[view]])} />
          <QueryState query={findings}>{(report) => <View hash={hash} report={report} />}</QueryState>
        </>
      )}
    </QueryState>
  );
}

function View({ hash, report }: { hash: string; report: Findings }) {
  const view = useView(VIEWS);
  if (view === "tables") return <TableSizes report={report} />;
  if (view === "completeness") return <Completeness report={report} />;
  return <WorkList hash={hash} report={report} />;
}

function Head({ dataset }: { dataset: DatasetResource }) {
  const may = useMay();
  const [removing, setRemoving] = useState(false);
  const { name, school_year, created_at, dataset_hash } = dataset;
  return (
    <PageHead
      title={name}
      above={[{ name: district.datasets.title, href: "/district" }]}
      actions={
        <>
          {may("planner") && (
            <ButtonLink look="main" href={`/scenarios/new?dataset=${dataset_hash}`}>
              {text.newScenario}
            </ButtonLink>
          )}
          {may("admin") && (
            <Button look="danger" onClick={() => setRemoving(true)}>
              {text.remove}
            </Button>
          )}
          {removing && <RemoveDataset hash={dataset_hash} onClose={() => setRemoving(false)} />}
        </>
      }
    >
      {text.intro(school_year, ago(created_at), short(dataset_hash))}
    </PageHead>
  );
}
