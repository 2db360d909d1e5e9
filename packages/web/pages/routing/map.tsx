import { lazy, Suspense, useMemo, useState } from "react";
import { useDark } from "../../components/map/palette.ts";
import { LoadingState } from "../../components/states.tsx";
import type { Run } from "../../data/routing.ts";
import { clock } from "../../format.ts";
import { routing } from "../../text/routing.ts";
import { boundsOf, busColors, drawn } from "./drawn.ts";
import { RunFilters, schoolNames, useLooked, useRuns } from "./filters.tsx";
import { RoutingFrame, type RoutingView } from "./frame.tsx";
import { MoveDialog, type Moved, MovePrice } from "./move.tsx";
import { RunPanel } from "./run-panel.tsx";

const text = routing.map;
/** Fetched when a map is looked at: it is larger than all the rest. */
const RouteMap = lazy(() => import("../../components/map/route-map.tsx"));

/** The runs on the district's roads. */
export default function MapPage() {
  return <RoutingFrame tab="">{(view) => <Drawn view={view} />}</RoutingFrame>;
}

function Drawn({ view }: { view: RoutingView }) {
  const { tables, places } = view;
  const dark = useDark();
  const [homes, setHomes] = useState(false);
  const [dragged, setDragged] = useState<Moved | null>(null);
  const [over, setOver] = useState<{ runId: string; x: number; y: number; width: number } | null>(null);
  const [dropped, setDropped] = useState<{ moved: Moved; to: string } | null>(null);
  const [looked, look] = useLooked();
  const shown = useRuns(tables, looked);
  const data = useMemo(() => drawn(tables, places, shown, dark, homes), [tables, places, shown, dark, homes]);
  const run = looked.run === null ? undefined : tables.runs.get(looked.run);
  const bounds = useMemo(() => {
    const only = run ? drawn(tables, places, [run], false, false) : drawn(tables, places, shown, false, false);
    return boundsOf(only.runs, only.stops) ?? boundsOf(only.schools);
  }, [tables, places, shown, run]);
  /** A run that what is dragged could go to: another one of the same school and half of the day. */
  const isTarget = (runId: string | null): runId is string => {
    if (dragged === null || runId === null || runId === dragged.run_id) return false;
    const [from, to] = [tables.runs.get(dragged.run_id), tables.runs.get(runId)];
    return to?.direction === dragged.direction && to.school_ids.some((id) => from?.school_ids.includes(id));
  };
  return (
    <>
      <RunFilters tables={tables} places={places} />
      <div className="map-page">
        <div className="map-frame">
          <Suspense fallback={<LoadingState lines={8} />}>
            <RouteMap
              label={text.label}
              datasetHash={tables.plan.dataset_hash}
              dark={dark}
              data={data}
              chosen={run?.run_id ?? null}
              bounds={bounds}
              onRun={(run_id) => look({ run: run_id })}
              onDragOver={(runId, at) => setOver(isTarget(runId) ? { runId, ...at } : null)}
              onDrop={(runId) => {
                if (dragged && isTarget(runId)) setDropped({ moved: dragged, to: runId });
                setDragged(null);
                setOver(null);
              }}
            />
          </Suspense>
          {dragged && over && (
            <div
              className="map-price"
              role="status"
              data-side={over.x > over.width / 2 ? "left" : "right"}
              style={{ left: over.x, top: over.y }}
            >
              <MovePrice planId={view.planId} moved={dragged} to={over.runId} />
            </div>
          )}
          <div className="map-key">
            <label className="check small">
              <input type="checkbox" checked={homes} onChange={({ target }) => setHomes(target.checked)} />
              {text.homes}
            </label>
            {homes && places.homes_to === "kilometre" && <p className="small muted">{text.homesCoarse}</p>}
          </div>
        </div>
        {run ? (
          <RunPanel key={run.run_id} view={view} run={run} onDrag={setDragged} />
        ) : (
          <RunList view={view} shown={shown} onRun={(run_id) => look({ run: run_id })} dark={dark} />
        )}
      </div>
      <p className="small muted map-caption">
        {text.stopsBy} {tables.shapeOf.size === 0 && text.straight}
      </p>
      {dropped && <MoveDialog view={view} {...dropped} onClose={() => setDropped(null)} />}
    </>
  );
}

function RunList({
  view: { tables, places },
  shown,
  onRun,
  dark,
}: {
  view: RoutingView;
  shown: readonly Run[];
  onRun: (runId: string) => void;
  dark: boolean;
}) {
  const names = schoolNames(places);
  const colors = busColors(tables, dark);
  return (
    <section className="card card-flush run-list" aria-label={text.list}>
      {shown.length === 0 && <p className="run-list-none muted">{routing.filters.none}</p>}
      <ul>
        {shown.map((run) => (
          <li key={run.run_id}>
            <button type="button" onClick={() => onRun(run.run_id)}>
              <span className="run-color" style={{ background: colors.get(run.bus_id ?? "") }} aria-hidden="true" />
              <span className="run-name">{run.run_id}</span>
              <span className="muted">
                {clock(run.depart)} – {clock(run.arrive)}
              </span>
              <span className="small muted run-where">
                {run.bus_id ?? routing.run.noBus} · {run.school_ids.map((id) => names.get(id) ?? id).join(", ")} ·{" "}
                {tables.ridesOf.get(run.run_id)?.length ?? 0} {routing.run.riders.toLowerCase()}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
