import { useQuery } from "@tanstack/react-query";
import type { BufferGain, OnTime, OnTimeAnswer, RunOnTime } from "@trivium/model";
import { Link, useSearchParams } from "wouter";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { SelectField } from "../../components/field.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { EmptyState } from "../../components/states.tsx";
import { routingQueries } from "../../data/routing.ts";
import { percent } from "../../format.ts";
import { routing } from "../../text/routing.ts";
import { schoolNames } from "./filters.tsx";
import { RoutingFrame, type RoutingView } from "./frame.tsx";

const text = routing.reliability;

/** Kinds of days, as the standard deviations of what is driven. */
const DAYS = { calm: {}, rough: { drive_sd: 0.3, day_sd: 0.2, dwell_sd: 0.5 } } as const;

/** How often riders would be on time if the day did not go as planned. */
export default function OnTimePage() {
  return <RoutingFrame tab="/on-time">{(view) => <Reliability view={view} />}</RoutingFrame>;
}

function Reliability({ view }: { view: RoutingView }) {
  const [search, setSearch] = useSearchParams();
  const day = search.get("conditions") === "rough" ? "rough" : "calm";
  const answer = useQuery(routingQueries.answer<OnTimeAnswer>(view.planId, { kind: "on_time", ...DAYS[day] }));
  return (
    <div className="stack">
      <div className="day-choice no-print">
        <SelectField
          label={text.day}
          value={day}
          onChange={({ target }) =>
            setSearch((before) => {
              const next = new URLSearchParams(before);
              next.set("conditions", target.value);
              return next;
            })
          }
          options={[
            ["calm", text.calm],
            ["rough", text.rough],
          ]}
        />
      </div>
      <QueryState query={answer} lines={8}>
        {(found) => <Found view={view} found={found} />}
      </QueryState>
    </div>
  );
}

function Found({ view: { planId, places }, found }: { view: RoutingView; found: OnTimeAnswer }) {
  const names = schoolNames(places);
  const { by_direction, by_school, by_run, buffers, samples, drive_sd, day_sd, dwell_sd } = found;
  return (
    <>
      <section className="card">
        <div className="figures">
          {by_direction.map((row) => (
            <div key={row.direction} className="figure">
              <span className="figure-label">{routing.filters[row.direction]}</span>
              <span className="figure-value">{percent(row.on_time_chance)}</span>
            </div>
          ))}
        </div>
        <p>{text.intro(samples)}</p>
        <p className="small muted">{text.noise(percent(drive_sd, 0), percent(day_sd, 0), percent(dwell_sd, 0))}</p>
      </section>
      <section className="card card-flush">
        <div className="card-head">
          <h2>{text.byRun}</h2>
        </div>
        <DataTable
          label={text.byRun}
          columns={runColumns(planId)}
          rows={by_run}
          rowId={({ run_id }) => run_id}
          maxHeight="50vh"
        />
      </section>
      <section className="card card-flush">
        <div className="card-head">
          <h2>{text.bySchool}</h2>
        </div>
        <DataTable
          label={text.bySchool}
          columns={[
            {
              id: "school",
              header: routing.run.school,
              value: ({ school_id }) => names.get(school_id) ?? school_id,
            },
            ...chanceColumns<OnTime & { school_id: string }>(),
          ]}
          rows={by_school}
          rowId={({ school_id, direction }) => `${school_id} ${direction}`}
          searchable={false}
          maxHeight="50vh"
        />
      </section>
      {buffers.length === 0 ? (
        <EmptyState title={text.buffers}>{text.buffersNone}</EmptyState>
      ) : (
        <section className="card card-flush">
          <div className="card-head">
            <h2>{text.buffers}</h2>
          </div>
          <DataTable
            label={text.buffers}
            columns={BUFFER_COLUMNS}
            rows={buffers}
            rowId={({ before_run }) => before_run}
            searchable={false}
            maxHeight="50vh"
          />
        </section>
      )}
    </>
  );
}

const chanceColumns = <R extends OnTime>(): TableColumn<R>[] => [
  { id: "half", header: routing.run.direction, value: ({ direction }) => routing.filters[direction] },
  { id: "riders", header: routing.run.riders, align: "end", value: ({ riders }) => riders },
  {
    id: "chance",
    header: text.chance,
    align: "end",
    value: ({ on_time_chance }) => on_time_chance,
    cell: ({ on_time_chance }) => percent(on_time_chance),
  },
];

const runColumns = (planId: string): TableColumn<RunOnTime>[] => [
  {
    id: "run",
    header: routing.run.of,
    value: ({ run_id }) => run_id,
    cell: ({ run_id }) => <Link href={`/routing/${planId}?run=${encodeURIComponent(run_id)}`}>{run_id}</Link>,
  },
  { id: "bus", header: routing.run.bus, value: ({ bus_id }) => bus_id },
  ...chanceColumns<RunOnTime>(),
  { id: "mean", header: text.meanLate, align: "end", value: ({ late_min_mean }) => late_min_mean },
  { id: "p95", header: text.p95, align: "end", value: ({ late_min_p95 }) => late_min_p95 },
  { id: "earlier", header: text.earlier, align: "end", value: ({ earlier_min }) => earlier_min },
];

const BUFFER_COLUMNS: readonly TableColumn<BufferGain>[] = [
  { id: "bus", header: routing.run.bus, value: ({ bus_id }) => bus_id },
  { id: "link", header: text.link, value: ({ after_run, before_run }) => `${after_run} → ${before_run}` },
  { id: "slack", header: text.slack, align: "end", value: ({ slack_min }) => slack_min },
  {
    id: "chance",
    header: text.chance,
    align: "end",
    value: ({ on_time_chance }) => on_time_chance,
    cell: ({ on_time_chance }) => percent(on_time_chance),
  },
  {
    id: "more",
    header: text.withMore,
    align: "end",
    value: ({ chance_with_5_min_more }) => chance_with_5_min_more,
    cell: ({ chance_with_5_min_more }) => percent(chance_with_5_min_more),
  },
];
