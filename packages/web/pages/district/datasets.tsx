import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { ButtonLink } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { EmptyDistrict } from "../../components/empty-district.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { queries } from "../../data/queries.ts";
import type { DatasetResource } from "../../data/resources.ts";
import { useMay } from "../../data/session.tsx";
import { ago, dateTime, short } from "../../format.ts";
import { district } from "../../text/district.ts";

const text = district.datasets;

/** Every snapshot of the district's data, newest first. */
export default function Datasets() {
  const may = useMay();
  const datasets = useQuery(queries.datasets());
  return (
    <>
      <PageHead
        title={text.title}
        actions={
          <>
            <ButtonLink href="/district/templates">{text.templates}</ButtonLink>
            {may("planner") && (
              <ButtonLink look="main" href="/district/upload">
                {text.upload}
              </ButtonLink>
            )}
          </>
        }
      >
        {text.intro}
      </PageHead>
      <QueryState query={datasets}>
        {(found) =>
          found.length === 0 ? (
            <EmptyDistrict />
          ) : (
            <div className="card card-flush">
              <DataTable label={text.table} columns={COLUMNS} rows={found} rowId={(row) => row.dataset_hash} />
            </div>
          )
        }
      </QueryState>
    </>
  );
}

const COLUMNS: readonly TableColumn<DatasetResource>[] = [
  {
    id: "district",
    header: text.district,
    value: ({ name }) => name,
    cell: ({ name, dataset_hash }) => <Link href={`/district/${dataset_hash}`}>{name}</Link>,
  },
  { id: "year", header: text.year, value: ({ school_year }) => school_year },
  {
    id: "loaded",
    header: text.loaded,
    value: ({ created_at }) => created_at,
    cell: ({ created_at }) => dateTime(created_at),
  },
  {
    id: "age",
    header: text.age,
    value: ({ created_at }) => created_at,
    cell: ({ created_at }) => dateTime(created_at),
  },
  { id: "age", header: text.age, value: ({ created_at }) => created_at, cell: ({ created_at }) => ago(created_at) },
  { id: "warnings", header: text.warnings, align: "end", value: ({ warnings }) => warnings },
  {
    id: "snapshot",
    header: text.snapshot,
    value: ({ dataset_hash }) => dataset_hash,
    cell: ({ dataset_hash }) => <code>{short(dataset_hash)}</code>,
  },
];
