import { formatClock } from "@trivium/model";
import { routingWarning } from "../check.ts";
import { each } from "../view.ts";

export const todayServiceUnknownId = routingWarning("today-service-unknown-id", (view, find) => {
  const check = (place: Parameters<typeof find>[0], column: string, id: string | undefined, known: boolean) => {
    if (id === undefined || known) return;
    find(place, {
      column,
      value: id,
      message: `today's service names ${column} ${id}, which is not known`,
      expected: "an id of the district's tables and of today_runs.csv",
      mend: "correct the id, or delete the row: it takes no part in the comparison",
    });
  };
  const run = (id: string | undefined) => id === undefined || view.ids("today_runs", "run_id").has(id);
  const bus = (id: string | undefined) => id === undefined || view.ids("buses", "bus_id").has(id);
  for (const [row, place] of each(view, "today_runs")) {
    check(place, "bus_id", row.bus_id, bus(row.bus_id));
    for (const school of row.school_ids)
      check(place, "school_ids", school, view.ids("schools", "school_id").has(school));
  }
  for (const [row, place] of each(view, "today_run_stops")) check(place, "run_id", row.run_id, run(row.run_id));
  for (const [row, place] of each(view, "today_assignments")) {
    check(place, "run_id", row.run_id, run(row.run_id));
    check(place, "student_id", row.student_id, view.ids("students", "student_id").has(row.student_id));
  }
  for (const [row, place] of each(view, "today_routes")) {
    check(place, "bus_id", row.bus_id, bus(row.bus_id));
    check(place, "run_id", row.run_id, run(row.run_id));
  }
});

/** A student's stop must be on the student's run. */
export const todayStopNotOnRun = routingWarning("today-stop-not-on-run", (view, find) => {
  if (!view.present.has("today_run_stops")) return;
  const calls = new Set(view.tables.today_run_stops.map((row) => `${row.run_id}\u0001${row.stop_id}`));
  for (const [row, place] of each(view, "today_assignments")) {
    if (calls.has(`${row.run_id}\u0001${row.stop_id}`)) continue;
    find(place, {
      column: "stop_id",
      value: row.stop_id,
      message: `student ${row.student_id} boards run ${row.run_id} at ${row.stop_id}, where it does not call`,
      expected: "a stop of the run in today_run_stops.csv",
      mend: "correct the stop or the run",
    });
  }
});

export const todayDirectionDiffers = routingWarning("today-direction-differs", (view, find) => {
  for (const [row, place] of each(view, "today_assignments")) {
    const run = view.row("today_runs", "run_id", row.run_id);
    if (!run || run.direction === row.direction) continue;
    find(place, {
      column: "direction",
      value: row.direction,
      message: `student ${row.student_id} rides run ${row.run_id} in the ${row.direction}, but it is a ${run.direction} run`,
      expected: run.direction,
      mend: "correct the direction or the run",
    });
  }
});

export const todayRunReversed = routingWarning("today-run-reversed", (view, find) => {
  for (const [run, place] of each(view, "today_runs")) {
    if (run.arrive > run.depart) continue;
    find(place, {
      column: "arrive",
      value: formatClock(run.arrive),
      message: `run ${run.run_id} arrives at ${formatClock(run.arrive)}, not after it departs at ${formatClock(run.depart)}`,
      expected: "arrive after depart",
      mend: "correct the times (24-hour clock)",
    });
  }
});

export const todayStopsOutOfOrder = routingWarning("today-stops-out-of-order", (view, find) => {
  for (const indexes of view.group("today_run_stops", "run_id").values()) {
    const sorted = [...indexes].sort((a, b) => view.tables.today_run_stops[a].seq - view.tables.today_run_stops[b].seq);
    for (let i = 1; i < sorted.length; i++) {
      const [before, here] = [view.tables.today_run_stops[sorted[i - 1]], view.tables.today_run_stops[sorted[i]]];
      if (here.arrive >= before.depart) continue;
      find(
        { table: "today_run_stops", index: sorted[i] },
        {
          column: "arrive",
          value: formatClock(here.arrive),
          message: `run ${here.run_id} arrives at ${here.stop_id} before it has left ${before.stop_id}`,
          expected: "times that grow with seq",
          mend: "correct the times or the order",
        },
      );
    }
  }
});

export const todayRunNotDriven = routingWarning("today-run-not-driven-once", (view, find) => {
  if (!view.present.has("today_routes")) return;
  for (const [run, place] of each(view, "today_runs")) {
    const drives = view.group("today_routes", "run_id").get(run.run_id) ?? [];
    if (drives.length === 1) continue;
    find(place, {
      column: "run_id",
      value: run.run_id,
      message: `run ${run.run_id} is in ${drives.length} of today's routes`,
      expected: "each run in one route",
      mend: drives.length === 0 ? "add the run to its bus's route" : "delete it from all routes but one",
      ...(drives.length > 0 ? { others: drives.map((index) => ({ table: "today_routes" as const, index })) } : {}),
    });
  }
});

export const todayBusDiffers = routingWarning("today-bus-differs", (view, find) => {
  for (const [route, place] of each(view, "today_routes")) {
    const run = view.row("today_runs", "run_id", route.run_id ?? "");
    if (run?.bus_id === undefined || run.bus_id === route.bus_id) continue;
    find(place, {
      column: "bus_id",
      value: route.bus_id,
      message: `run ${run.run_id} is on the route of bus ${route.bus_id}, but today_runs.csv gives it to ${run.bus_id}`,
      expected: run.bus_id,
      mend: "correct the one that is wrong",
    });
  }
});

/** Three children to a bench is the most that any rule allows. */
export const todayOverfull = routingWarning("today-run-overfull", (view, find) => {
  for (const [run, place] of each(view, "today_runs")) {
    const bus = view.row("buses", "bus_id", run.bus_id ?? "");
    const type = view.row("bus_types", "bus_type_id", bus?.bus_type_id ?? "");
    const riders = run.riders_max ?? view.group("today_assignments", "run_id").get(run.run_id)?.length ?? 0;
    const most = type ? type.benches * 3 + (type.wheelchair_positions ?? 0) : Number.POSITIVE_INFINITY;
    if (riders <= most) continue;
    find(place, {
      column: "riders_max",
      value: riders,
      message: `run ${run.run_id} carries ${riders} riders, and bus ${run.bus_id} seats ${most} at three a bench`,
      expected: `at most ${most} riders`,
      mend: "correct the count, the bus or its benches",
    });
  }
});

export const gpsUnknownRun = routingWarning("gps-unknown-run", (view, find) => {
  if (!view.present.has("today_runs")) return;
  const runs = view.ids("today_runs", "run_id");
  const reported = new Set<string>();
  for (const [row, place] of each(view, "gps")) {
    if (runs.has(row.run_id) || reported.has(row.run_id)) continue;
    reported.add(row.run_id);
    find(place, {
      column: "run_id",
      value: row.run_id,
      message: `recorded times name run ${row.run_id}, which is none of today's`,
      expected: "a run of today_runs.csv",
      mend: "correct the id, or delete its rows: they cannot be used to calibrate",
    });
  }
});
