import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Button } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { SelectField } from "../../components/field.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { EmptyState } from "../../components/states.tsx";
import { useInAddress } from "../../data/in-address.ts";
import type { PlanSummary } from "../../data/resources.ts";
import { tablesQuery } from "../../data/tables.ts";
import { decimal, percent, usd } from "../../format.ts";
import { common } from "../../text/common.ts";
import { facilities } from "../../text/facilities.ts";
import { AssetDialog } from "./assets/asset-dialog.tsx";
import { FacilitiesPage } from "./facilities-page.tsx";
import { type Asset, assetsOf, REGISTER } from "./register.ts";

const text = facilities.assets;

/** Every asset that stands, with its forecast. */
export default function AssetsPage() {
  return (
    <FacilitiesPage title={text.title} intro={text.intro}>
      {(plan) => <Assets key={plan.plan_id} plan={plan} />}
    </FacilitiesPage>
  );
}

function Assets({ plan }: { plan: PlanSummary }) {
  const tables = useQuery({ ...tablesQuery(plan.plan_id, REGISTER), select: assetsOf });
  return (
    <QueryState query={tables} lines={10}>
      {(assets) => (assets.length === 0 ? <EmptyState title={text.none} /> : <Found plan={plan} assets={assets} />)}
    </QueryState>
  );
}

function Found({ plan, assets }: { plan: PlanSummary; assets: readonly Asset[] }) {
  const [building, setBuilding] = useInAddress("building");
  const [type, setType] = useInAddress("type");
  const [planned, setPlanned] = useInAddress("planned");
  const [asset, setAsset] = useInAddress("asset");
  const rows = useMemo(
    () =>
      assets.filter(
        (each) =>
          (building === "" || each.building === building) &&
          (type === "" || each.type === type) &&
          (planned === "" || (planned === "yes") === (each.project !== undefined)),
      ),
    [assets, building, type, planned],
  );
  const columns = useMemo(() => columnsOf(setAsset), [setAsset]);
  const known = useMemo(
    () => ({ buildings: optionsOf(assets, "building"), types: optionsOf(assets, "type") }),
    [assets],
  );
  const shown = assets.find(({ asset_id }) => asset_id === asset);
  return (
    <>
      <div className="form-row no-print">
        <SelectField
          label={text.building}
          value={building}
          options={known.buildings}
          onChange={(event) => setBuilding(event.target.value)}
        />
        <SelectField
          label={text.type}
          value={type}
          options={known.types}
          onChange={(event) => setType(event.target.value)}
        />
        <SelectField
          label={text.planned}
          value={planned}
          options={Object.entries(text.plannedOptions)}
          onChange={(event) => setPlanned(event.target.value)}
        />
      </div>
      <div className="card card-flush">
        <DataTable label={text.table} columns={columns} rows={rows} rowId={({ asset_id }) => asset_id} />
      </div>
      {shown && <AssetDialog plan={plan} asset={shown} onClose={() => setAsset("")} />}
    </>
  );
}

const optionsOf = (assets: readonly Asset[], by: "building" | "type"): [string, string][] => [
  ["", text.all],
  ...[...new Set(assets.map((each) => each[by]))].sort().map((name): [string, string] => [name, name]),
];

const columnsOf = (open: (id: string) => void): TableColumn<Asset>[] => [
  {
    id: "asset",
    header: text.asset,
    value: ({ asset_id }) => asset_id,
    cell: ({ asset_id }) => (
      <Button look={["plain", "small"]} onClick={() => open(asset_id)}>
        {asset_id}
      </Button>
    ),
  },
  { id: "type", header: text.type, value: ({ type }) => type },
  { id: "building", header: text.building, value: ({ building }) => building },
  numeric("age", text.age, ({ age_years }) => age_years, decimal),
  numeric("p1", text.p1, ({ p_fail_1y }) => p_fail_1y, percent),
  numeric("p5", text.p5, ({ p_fail_5y }) => p_fail_5y, percent),
  numeric("p10", text.p10, ({ p_fail_10y }) => p_fail_10y, percent),
  {
    id: "rul",
    header: text.rul,
    align: "end",
    value: ({ rul_median }) => rul_median,
    cell: ({ rul_median = 0, rul_p10 = 0, rul_p90 = 0 }) => (
      <>
        {decimal(rul_median)}{" "}
        <span className="muted">
          ({decimal(rul_p10)}–{decimal(rul_p90)})
        </span>
      </>
    ),
  },
  numeric("repair", text.repair, ({ repair_1y_usd }) => repair_1y_usd, usd),
  {
    id: "year",
    header: text.year,
    align: "end",
    value: ({ project }) => project?.fiscal_year,
    cell: ({ project }) => project?.fiscal_year ?? common.none,
  },
  { id: "basis", header: text.basis, value: ({ basis }) => basis },
];

function numeric(
  id: string,
  header: string,
  value: (asset: Asset) => number | undefined,
  write: (value: number) => string,
): TableColumn<Asset> {
  return {
    id,
    header,
    align: "end",
    value,
    cell: (asset) => {
      const found = value(asset);
      return found === undefined ? common.none : write(found);
    },
  };
}
