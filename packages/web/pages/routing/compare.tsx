import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { useSearchParams } from "wouter";
import { ButtonLink } from "../../components/button.tsx";
import { SelectField } from "../../components/field.tsx";
import { useDark } from "../../components/map/palette.ts";
import { QueryState } from "../../components/query-state.tsx";
import { EmptyState, LoadingState } from "../../components/states.tsx";
import { queries } from "../../data/queries.ts";
import { type RoutingTables, useRouting } from "../../data/routing.ts";
import { dateTime, short } from "../../format.ts";
import { routing } from "../../text/routing.ts";
import { boundsOf, drawnBoth, sideColors } from "./drawn.ts";
import { RunFilters, useLooked, useRuns } from "./filters.tsx";
import { RoutingFrame, type RoutingView } from "./frame.tsx";

const text = routing.compare;
const RouteMap = lazy(() => import("../../components/map/route-map.tsx"));
const nothing = () => {};

/** Two routing plans on one map. */
export default function ComparePage() {
  return <RoutingFrame tab="/compare">{(view) => <Chosen view={view} />}</RoutingFrame>;
}

function Chosen({ view }: { view: RoutingView }) {
  const [search, setSearch] = useSearchParams();
  const other = search.get("with") ?? "";
  const plans = useQuery(queries.plans());
  const names = useQuery(queries.scenarios());
  return (
    <QueryState query={plans}>
      {(all) => {
        const others = all.filter(({ area, plan_id }) => area === "routing" && plan_id !== view.planId);
        if (others.length === 0) return <EmptyState title={text.none}>{text.noneText}</EmptyState>;
        const nameOf = (id: string) => names.data?.find(({ scenario_id }) => scenario_id === id)?.scenario.name;
        return (
          <div className="stack">
            <div className="day-choice no-print">
              <SelectField
                label={text.with}
                value={other}
                onChange={({ target }) =>
                  setSearch((before) => {
                    const next = new URLSearchParams(before);
                    next.set("with", target.value);
                    return next;
                  })
                }
                options={[
                  ["", text.choose],
                  ...others.map(
                    ({ plan_id, scenario_id, created_at }) =>
                      [plan_id, `${nameOf(scenario_id) ?? short(plan_id)}, ${dateTime(created_at)}`] as const,
                  ),
                ]}
              />
            </div>
            {other !== "" && <Both key={other} view={view} other={other} />}
          </div>
        );
      }}
    </QueryState>
  );
}

function Both({ view, other }: { view: RoutingView; other: string }) {
  const { plan } = useRouting(other);
  const comparison = useQuery(queries.comparison(view.planId, other));
  return (
    <>
      <QueryState query={comparison} lines={2}>
        {({ headline }) => (
          <section className="card" aria-label={text.result}>
            <p>
              <strong>{headline}</strong>
            </p>
            <div className="row">
              <ButtonLink href={`/compare?a=${view.planId}&b=${other}`}>{text.figures}</ButtonLink>
            </div>
          </section>
        )}
      </QueryState>
      <QueryState query={plan} lines={8}>
        {(tables) => <BothDrawn view={view} other={tables} />}
      </QueryState>
    </>
  );
}

function BothDrawn({ view: { tables, places }, other }: { view: RoutingView; other: RoutingTables }) {
  const dark = useDark();
  const [looked] = useLooked();
  const [a, b] = [useRuns(tables, looked), useRuns(other, looked)];
  const data = useMemo(
    () => drawnBoth(places, { tables, runs: a }, { tables: other, runs: b }, dark),
    [places, tables, other, a, b, dark],
  );
  const bounds = useMemo(() => boundsOf(data.runs) ?? boundsOf(data.schools), [data]);
  const colors = sideColors(dark);
  return (
    <div>
      <RunFilters tables={tables} places={places} />
      <div className="map-frame">
        <Suspense fallback={<LoadingState lines={8} />}>
          <RouteMap
            label={text.map}
            datasetHash={tables.plan.dataset_hash}
            dark={dark}
            data={data}
            chosen={null}
            bounds={bounds}
            onRun={nothing}
            onDragOver={nothing}
            onDrop={nothing}
          />
        </Suspense>
        <ul className="map-key">
          {(
            [
              [text.a, colors.a],
              [text.b, colors.b],
              [text.both, colors.both],
            ] as const
          ).map(([name, color]) => (
            <li key={name} className="row small">
              <span className="run-color" style={{ background: color }} aria-hidden="true" />
              {name}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
