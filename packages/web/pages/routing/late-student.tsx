import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { Button } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { Field, SelectField } from "../../components/field.tsx";
import { ProblemNotice } from "../../components/states.tsx";
import { client } from "../../data/client.ts";
import { usd } from "../../format.ts";
import { routing } from "../../text/routing.ts";
import type { RoutingView } from "./frame.tsx";

const text = routing.dispatch;

interface Offer {
  readonly run_id: string;
  readonly bus_id: string;
  readonly stop_id: string;
  readonly new_stop_on_run: boolean;
  readonly walk_m: number;
  readonly ride_min: number;
  readonly added_min: number;
  readonly added_usd_per_year: number;
}

interface Half {
  readonly best: Offer | null;
  readonly alternatives: readonly Offer[];
  readonly walk: string;
  readonly reason: keyof typeof text.none | null;
}

interface Answer {
  readonly AM: Half;
  readonly PM: Half;
}

const GRADES = ["PK", "K", ...Array.from({ length: 12 }, (_, nth) => String(nth + 1))];

/** Where does this student board: the cheapest lawful places on the runs as they are. */
export function LateStudent({ view: { planId, tables, places } }: { view: RoutingView }) {
  const [student, setStudent] = useState("");
  const [home, setHome] = useState("");
  const [school, setSchool] = useState(tables.schools[0] ?? "");
  const [grade, setGrade] = useState("9");
  const at = pointOf(home);
  const known = student.trim() !== "";
  const ask = useMutation({
    mutationFn: () => {
      const who = known ? { student_id: student.trim() } : { lat: at?.lat, lon: at?.lon, school_id: school, grade };
      const question = { kind: "late_student", ...who };
      return client.ask({ plan_id: planId, question }) as Promise<unknown> as Promise<Answer>;
    },
  });
  const names = new Map(places.schools.map(({ school_id, name }) => [school_id, name]));
  const titles = new Map(places.stops.map(({ stop_id, title }) => [stop_id, title]));
  const isBad = home.trim() !== "" && at === null;
  return (
    <section className="card" aria-label={text.late}>
      <h2>{text.late}</h2>
      <p>{text.lateText}</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate();
        }}
      >
        <Field
          label={text.student}
          hint={text.studentHint}
          value={student}
          onChange={({ target }) => setStudent(target.value)}
        />
        {!known && (
          <>
            <Field
              label={text.home}
              hint={text.homeHint}
              error={isBad ? text.homeBad : undefined}
              required
              value={home}
              onChange={({ target }) => setHome(target.value)}
            />
            <div className="form-row">
              <SelectField
                label={text.school}
                value={school}
                onChange={({ target }) => setSchool(target.value)}
                options={tables.schools.map((id) => [id, names.get(id) ?? id] as const)}
              />
              <SelectField
                label={text.grade}
                value={grade}
                onChange={({ target }) => setGrade(target.value)}
                options={GRADES.map((each) => [each, each] as const)}
              />
            </div>
          </>
        )}
        <div className="row">
          <Button type="submit" look="main" disabled={ask.isPending || (!known && at === null)}>
            {text.find}
          </Button>
        </div>
      </form>
      {ask.isError && <ProblemNotice error={ask.error} />}
      {ask.data && (
        <div className="stack-close" role="status">
          {(["AM", "PM"] as const).map((direction) => (
            <Offers
              key={direction}
              planId={planId}
              titles={titles}
              title={routing.filters[direction]}
              half={ask.data[direction]}
            />
          ))}
        </div>
      )}
    </section>
  );
}

function Offers({
  planId,
  titles,
  title,
  half,
}: {
  planId: string;
  /** Stop → what people call it. */
  titles: ReadonlyMap<string, string | null>;
  title: string;
  half: Half;
}) {
  const { best, alternatives, walk, reason } = half;
  const offers = best ? [best, ...alternatives] : [];
  return (
    <section className="stack-close" aria-label={title}>
      <h3>{title}</h3>
      {offers.length === 0 ? (
        <p>{reason ? text.none[reason] : text.none.no_capacity}</p>
      ) : (
        <div className="card-flush run-table">
          <DataTable
            label={`${text.late}: ${title}`}
            columns={columnsOf(planId, titles)}
            rows={offers}
            rowId={({ run_id, stop_id }) => `${run_id} ${stop_id}`}
            searchable={false}
          />
        </div>
      )}
      {offers.length > 0 && walk !== "measured" && <p className="small muted">{text.estimated}</p>}
    </section>
  );
}

/** A run of one's own, which does not exist yet. */
const isNew = (runId: string) => runId.endsWith("-new");

const columnsOf = (planId: string, titles: ReadonlyMap<string, string | null>): TableColumn<Offer>[] => [
  {
    id: "run",
    header: routing.run.of,
    value: ({ run_id }) => run_id,
    cell: ({ run_id }) =>
      isNew(run_id) ? text.ownRun : <Link href={`/routing/${planId}?run=${encodeURIComponent(run_id)}`}>{run_id}</Link>,
  },
  { id: "bus", header: routing.run.bus, value: ({ bus_id }) => bus_id },
  {
    id: "stop",
    header: text.stop,
    value: ({ stop_id, new_stop_on_run, run_id }) =>
      `${titles.get(stop_id) ?? stop_id}${new_stop_on_run && !isNew(run_id) ? ` (${text.newStop})` : ""}`,
  },
  { id: "walk", header: text.walk, align: "end", value: ({ walk_m }) => walk_m },
  { id: "ride", header: text.ride, align: "end", value: ({ ride_min }) => ride_min },
  { id: "adds", header: text.adds, align: "end", value: ({ added_min }) => added_min },
  {
    id: "cost",
    header: text.cost,
    align: "end",
    value: ({ added_usd_per_year }) => added_usd_per_year,
    cell: ({ added_usd_per_year }) => usd(added_usd_per_year),
  },
];

/** "42.84, -92.28", as maps give it. */
function pointOf(given: string): { lat: number; lon: number } | null {
  const [lat, lon, more] = given
    .replace(/−/g, "-")
    .split(/[,\s]+/)
    .filter(Boolean)
    .map(Number);
  const isPoint = Number.isFinite(lat) && Number.isFinite(lon) && more === undefined;
  return isPoint && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
}
