import { useQuery } from "@tanstack/react-query";
import type { OnTimeAnswer } from "@trivium/model";
import { type CSSProperties, useMemo } from "react";
import { Link } from "wouter";
import { useDark } from "../../components/map/palette.ts";
import { type Direction, type RoutingTables, type Run, routingQueries } from "../../data/routing.ts";
import { clock } from "../../format.ts";
import { routing } from "../../text/routing.ts";
import { busColors } from "./drawn.ts";
import { RunFilters, useLooked, useRuns } from "./filters.tsx";
import { RoutingFrame, type RoutingView } from "./frame.tsx";

const text = routing.day;

/** What each bus does when, with the slack between its runs. */
export default function DayPage() {
  return <RoutingFrame tab="/day">{(view) => <Days view={view} />}</RoutingFrame>;
}

const HOUR_S = 3600;

interface Bar {
  readonly run: Run;
  readonly begin: number;
  readonly end: number;
  readonly deadheadS: number;
  /** Waiting before the run, seconds; null before the first. */
  readonly slackS: number | null;
}

function Days({ view }: { view: RoutingView }) {
  const { tables, places } = view;
  const [looked] = useLooked();
  const shown = useRuns(tables, looked);
  const onTime = useQuery(routingQueries.answer<OnTimeAnswer>(view.planId, { kind: "on_time" }));
  const tight = useMemo(() => new Set(onTime.data?.buffers.map(({ before_run }) => before_run)), [onTime.data]);
  const halves = useMemo(() => {
    const seen = new Set(shown.map(({ run_id }) => run_id));
    const buses = new Set(shown.flatMap(({ bus_id }) => bus_id ?? []));
    return (["AM", "PM"] as const).flatMap((direction) => {
      const rows = tables.buses.flatMap((bus) => {
        if (!buses.has(bus)) return [];
        const bars = barsOf(tables, bus, direction);
        return bars.some(({ run }) => seen.has(run.run_id)) ? [{ bus, bars }] : [];
      });
      return rows.length === 0 ? [] : [{ direction, rows }];
    });
  }, [tables, shown]);
  return (
    <>
      <RunFilters tables={tables} places={places} />
      <p className="small muted day-legend">
        {text.legend} <span className="day-tight-key">{text.tight}</span>: {text.tightHint}
      </p>
      {halves.length === 0 && <p className="muted">{routing.filters.none}</p>}
      <div className="stack">
        {halves.map(({ direction, rows }) => (
          <Half key={direction} view={view} direction={direction} rows={rows} tight={tight} />
        ))}
      </div>
    </>
  );
}

function Half({
  view: { planId, tables },
  direction,
  rows,
  tight,
}: {
  view: RoutingView;
  direction: Direction;
  /** Runs that are late too often for what is between them and the run before. */
  tight: ReadonlySet<string>;
  rows: readonly { bus: string; bars: readonly Bar[] }[];
}) {
  const colors = busColors(tables, useDark());
  const bars = rows.flatMap((row) => row.bars);
  const from = Math.floor(Math.min(...bars.map(({ begin, deadheadS }) => begin - deadheadS)) / HOUR_S) * HOUR_S;
  const to = Math.ceil(Math.max(...bars.map(({ end }) => end)) / HOUR_S) * HOUR_S;
  const share = (seconds: number) => `${(100 * seconds) / (to - from)}%`;
  const hours = Array.from({ length: (to - from) / HOUR_S + 1 }, (_, nth) => from + nth * HOUR_S);
  return (
    <section className="card card-flush" aria-label={routing.filters[direction]}>
      <div className="card-head">
        <h2>{routing.filters[direction]}</h2>
      </div>
      <div className="day-scroll">
        <div className="day" style={{ "--hour": share(HOUR_S) } as CSSProperties}>
          <div className="day-axis" aria-hidden="true">
            {hours.map((hour) => (
              <span key={hour} style={{ left: share(hour - from) }}>
                {clock(hour)}
              </span>
            ))}
          </div>
          {rows.map(({ bus, bars: own }) => (
            <section key={bus} className="day-row" aria-label={`${routing.run.bus} ${bus}`}>
              <span className="day-bus">{bus}</span>
              <div className="day-line">
                {own.map(({ run, begin, end, deadheadS, slackS }) => {
                  const riders = tables.ridesOf.get(run.run_id)?.length ?? 0;
                  const slack = slackS === null ? null : Math.round(slackS / 60);
                  const said = [
                    text.run(run.run_id, clock(begin), clock(end), riders),
                    ...(deadheadS > 0 ? [text.deadhead(Math.round(deadheadS / 60))] : []),
                    ...(slack === null ? [] : [text.slack(slack)]),
                    ...(tight.has(run.run_id) ? [text.tightHint] : []),
                  ].join("; ");
                  return (
                    <div key={run.run_id} className="day-run" style={{ "--bus": colors.get(bus) } as CSSProperties}>
                      <span
                        className="day-empty"
                        style={{ left: share(begin - deadheadS - from), width: share(deadheadS) }}
                      />
                      {slack !== null && slackS !== null && (
                        <span
                          className="day-slack"
                          data-tight={tight.has(run.run_id)}
                          style={{ left: share(begin - deadheadS - slackS - from), width: share(slackS) }}
                          aria-hidden="true"
                        >
                          {slack}
                        </span>
                      )}
                      <Link
                        href={`/routing/${planId}?run=${encodeURIComponent(run.run_id)}`}
                        className="day-bar"
                        style={{ left: share(begin - from), width: share(end - begin) }}
                        aria-label={said}
                        title={said}
                      >
                        {run.school_ids.join(" ")}
                      </Link>
                    </div>
                  );
                })}
              </div>
            </section>
          ))}
        </div>
      </div>
    </section>
  );
}

function barsOf(tables: RoutingTables, bus: string, direction: Direction): Bar[] {
  const bars: Bar[] = [];
  for (const { run_id, deadhead_s = 0 } of tables.dayOf.get(bus) ?? []) {
    const run = run_id === undefined ? undefined : tables.runs.get(run_id);
    if (run?.direction !== direction) continue;
    const stops = tables.stopsOf.get(run.run_id) ?? [];
    const begin = stops[0]?.arrive ?? run.depart;
    const end = stops.at(-1)?.depart ?? run.arrive;
    const before = bars.at(-1);
    bars.push({ run, begin, end, deadheadS: deadhead_s, slackS: before ? begin - before.end - deadhead_s : null });
  }
  return bars;
}
