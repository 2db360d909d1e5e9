import { useQuery } from "@tanstack/react-query";
import type { PLAN_TABLES, RepairOrReplaceAnswer, Row, TablesAnswer } from "@trivium/model";
import { Dialog } from "../../../components/dialog.tsx";
import { QueryState } from "../../../components/query-state.tsx";
import { SeriesChart } from "../../../components/series-chart.tsx";
import type { PlanSummary } from "../../../data/resources.ts";
import { answerQuery, rowsOf, tablesQuery } from "../../../data/tables.ts";
import { decimal, percent } from "../../../format.ts";
import { common } from "../../../text/common.ts";
import { facilities } from "../../../text/facilities.ts";
import type { Asset } from "../register.ts";

const text = facilities.assets;
type Tables = (typeof PLAN_TABLES)["facilities"];

/** One asset's forecast: how likely it stands in each plan year, how sure that is, and whether repairing it still pays. */
export function AssetDialog({ plan, asset, onClose }: { plan: PlanSummary; asset: Asset; onClose: () => void }) {
  const { asset_id, project } = asset;
  const found = useQuery(tablesQuery(plan.plan_id, { plan: { outlook: [], forecast: [] }, where: { asset_id } }));
  const verdict = useQuery(answerQuery<RepairOrReplaceAnswer>(plan.plan_id, { kind: "repair_or_replace", asset_id }));
  return (
    <Dialog title={text.forecastOf(asset_id)} onClose={onClose}>
      <p className="muted">
        {asset.type}, {asset.building}
      </p>
      <QueryState query={found}>{(tables) => <Forecast id={asset_id} tables={tables} />}</QueryState>
      <dl className="facts">
        <dt>{text.verdict}</dt>
        <dd>{verdict.data?.says ?? (verdict.isError ? verdict.error.message : common.loading)}</dd>
        <dt>{text.year}</dt>
        <dd>{project?.fiscal_year ?? text.notPlanned}</dd>
        {project?.reason && (
          <>
            <dt>{text.reason}</dt>
            <dd>{project.reason}</dd>
          </>
        )}
      </dl>
    </Dialog>
  );
}

function Forecast({ id, tables }: { id: string; tables: TablesAnswer }) {
  const outlook = rowsOf<Row<Tables["outlook"]>>(tables.plan.outlook).sort((a, b) => a.fiscal_year - b.fiscal_year);
  const [forecast] = rowsOf<Row<Tables["forecast"]>>(tables.plan.forecast);
  const interval = (low: number | undefined, high: number | undefined) =>
    low === undefined || high === undefined ? common.none : text.interval(decimal(low), decimal(high));
  return (
    <>
      <SeriesChart
        title={text.survivalTitle(id)}
        lines={[
          { name: text.survival, series: 1, points: standing(outlook, ({ p_fail_kept }) => p_fail_kept) },
          { name: text.survivalNew, series: 3, points: standing(outlook.slice(1), ({ p_fail_new }) => p_fail_new) },
        ]}
        writeY={(share) => percent(share, 0)}
        yMax={1}
      />
      {forecast && (
        <dl className="facts">
          <dt>{text.yearsLeft}</dt>
          <dd>{decimal(forecast.rul_median)}</dd>
          <dt>{text.half}</dt>
          <dd>{interval(forecast.rul_p25, forecast.rul_p75)}</dd>
          <dt>{text.most}</dt>
          <dd>{interval(forecast.rul_p10, forecast.rul_p90)}</dd>
          <dt>{text.nearlyAll}</dt>
          <dd>{interval(forecast.rul_p2_5, forecast.rul_p97_5)}</dd>
          <dt>{text.drivers}</dt>
          <dd>{forecast.drivers ?? common.none}</dd>
          <dt>{text.basis}</dt>
          <dd>{forecast.basis}</dd>
        </dl>
      )}
    </>
  );
}

/** Chances of one year after the other, each given that the unit stands at its start, as the chance to stand at each year's end. */
function standing(
  outlook: readonly Row<Tables["outlook"]>[],
  failing: (row: Row<Tables["outlook"]>) => number,
): [number, number][] {
  let share = 1;
  return outlook.map((row) => {
    share *= 1 - failing(row);
    return [row.fiscal_year, share];
  });
}
