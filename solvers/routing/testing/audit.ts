import type { Solution } from "@trivium/engine";
import { type Dataset, type RoadNetwork, TRANSPORTATION_DEFAULTS } from "@trivium/model";

/**
 * Recomputes the rules of a plan from the district's tables and the roads alone, sharing no code with the search, so that every test can ask "is it legal?".
 * @returns what does not hold, in words
 */
export async function audit(dataset: Dataset, roads: RoadNetwork, solution: Solution<"routing">): Promise<string[]> {
  const wrong: string[] = [];
  const { tables } = dataset;
  const settings = { ...TRANSPORTATION_DEFAULTS, ...dataset.settings.routing };
  const { runs, run_stops, assignments, routes } = solution.decisions;
  const expect = (ok: boolean, what: string) => {
    if (!ok) wrong.push(what);
  };
  const planned = new Map(solution.decisions.bells.map((row) => [row.school_id, row]));
  for (const row of tables.bells) {
    const { bell_start = -1, bell_end = -1 } = planned.get(row.school_id) ?? {};
    const allowed = [row.bell_start, ...(row.allowed_starts ?? [])];
    expect(allowed.includes(bell_start), `${row.school_id} may not begin at ${bell_start}`);
    expect(bell_end - bell_start === row.bell_end - row.bell_start, `${row.school_id} has another length of day`);
  }
  const bells = new Map(
    tables.bells.map((row) => [row.school_id, { ...TRANSPORTATION_DEFAULTS, ...row, ...planned.get(row.school_id) }]),
  );
  const students = new Map(tables.students.map((row) => [row.student_id, row]));
  const rules = new Map(tables.rules.map((row) => [row.grade as string, { ...TRANSPORTATION_DEFAULTS, ...row }]));
  const riders = new Map(tables.riders.map((row) => [row.student_id, row]));
  const types = new Map(tables.bus_types.map((row) => [row.bus_type_id, row]));
  const buses = new Map(tables.buses.map((row) => [row.bus_id, row]));
  const depots = new Map(tables.depots.map((row) => [row.depot_id, row]));
  const inWheelchair = (id: string) => riders.get(id)?.needs?.includes("wheelchair") ?? false;
  const benchesOf = ({ student_id, direction }: { student_id: string; direction: string }) => {
    const rider = riders.get(student_id);
    const told = direction === "AM" ? rider?.rides_am : rider?.rides_pm;
    const rule = rules.get(students.get(student_id)?.grade ?? "");
    return inWheelchair(student_id) ? 0 : (rule?.seats_per_rider ?? 0) * (settings.expected_load ? (told ?? 1) : 1);
  };
  const mayMix = (a: string, b: string) =>
    Array.isArray(settings.mixed_loads)
      ? settings.mixed_loads.some((pair) => pair.includes(a) && pair.includes(b))
      : settings.mixed_loads === "allowed";
  const leg = async (a: { lat?: number; lon?: number }, b: { lat?: number; lon?: number }, departS: number) =>
    await roads.matrix([{ lat: a.lat ?? 0, lon: a.lon ?? 0 }], [{ lat: b.lat ?? 0, lon: b.lon ?? 0 }], departS);

  for (const stop of tables.stops) {
    for (const direction of ["AM", "PM"]) {
      const count = assignments.filter((row) => row.stop_id === stop.stop_id && row.direction === direction).length;
      expect(
        count <= (stop.active === false ? 0 : (stop.riders_max ?? Infinity)),
        `${stop.stop_id} has ${count} riders`,
      );
    }
  }
  const keys = new Set<string>();
  for (const row of [...assignments, ...solution.unmet]) {
    const key = `${row.student_id} ${row.direction}`;
    expect(!keys.has(key), `${key} twice`);
    keys.add(key);
  }
  const curb = new Map<string, [number, number][]>();
  for (const run of runs) {
    const rows = run_stops.filter((row) => row.run_id === run.run_id).sort((a, b) => a.seq - b.seq);
    const aboard = assignments.filter((row) => row.run_id === run.run_id);
    const isAm = run.direction === "AM";
    const isSchool = (stopId: string) => run.school_ids.includes(stopId);
    const type = types.get(buses.get(run.bus_id ?? "")?.bus_type_id ?? "");
    if (!type) return [`${run.run_id} has no bus`];
    const calls = rows.filter((row) => isSchool(row.stop_id));
    expect(calls.map((row) => row.stop_id).join() === run.school_ids.join(), `${run.run_id} calls at other schools`);
    expect(isSchool((isAm ? rows[rows.length - 1] : rows[0]).stop_id), `${run.run_id} is not to or from school`);
    expect(new Set(rows.map((row) => row.stop_id)).size === rows.length, `${run.run_id} visits a stop twice`);
    for (const a of run.school_ids)
      for (const b of run.school_ids) expect(a === b || mayMix(a, b), `${run.run_id} mixes ${a} and ${b}`);
    for (const call of calls) {
      const bell = bells.get(call.stop_id);
      if (!bell) return [`${run.run_id} has no bells`];
      if (isAm) {
        expect(call.depart - call.arrive >= bell.unload_min * 60, `${run.run_id} unloads too briefly`);
        expect(call.depart >= bell.bell_start - bell.arrive_earliest_min * 60, `${run.run_id} too early`);
        expect(call.depart <= bell.bell_start - bell.arrive_latest_min * 60, `${run.run_id} too late`);
      } else {
        expect(call.depart - bell.load_min * 60 >= bell.bell_end, `${run.run_id} loads before the bell`);
        expect(call.depart <= bell.bell_end + bell.depart_latest_min * 60, `${run.run_id} leaves late`);
      }
      const turn: [number, number] = isAm
        ? [call.depart - bell.unload_min * 60, call.depart]
        : [call.depart - bell.load_min * 60, call.depart];
      const turns = curb.get(`${call.stop_id} ${run.direction}`) ?? [];
      turns.push(turn);
      curb.set(`${call.stop_id} ${run.direction}`, turns);
    }
    const ofSchool = (id: string) => aboard.filter((each) => students.get(each.student_id)?.school_id === id);
    let seated: typeof aboard = [];
    let load = 0;
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k];
      if (k > 0) {
        const drive = await leg(rows[k - 1], row, rows[k - 1].depart);
        expect(
          Math.abs(drive.durationsS[0] - (row.leg_s ?? 0)) <= 1,
          `${run.run_id} leg ${k} takes ${drive.durationsS[0]}, not ${row.leg_s}`,
        );
        expect(
          Math.abs(drive.distancesM[0] - (row.leg_m ?? 0)) <= 1,
          `${run.run_id} leg ${k} is ${drive.distancesM[0]} m`,
        );
        expect(row.arrive >= rows[k - 1].depart + (row.leg_s ?? 0), `${run.run_id} arrives before it can`);
      }
      if (!isSchool(row.stop_id)) {
        const here = aboard.filter((each) => each.stop_id === row.stop_id);
        const chairs = here.filter((each) => inWheelchair(each.student_id)).length;
        const dwell =
          settings.dwell_s + here.length * settings.dwell_per_rider_s + chairs * settings.dwell_wheelchair_s;
        expect(here.length > 0, `${run.run_id} stops for no one at ${row.stop_id}`);
        expect(row.depart - row.arrive >= dwell - 1e-9, `${run.run_id} dwells too briefly at ${row.stop_id}`);
        expect((isAm ? row.boarding : row.alighting) === here.length, `${run.run_id} counts wrongly at ${row.stop_id}`);
      }
      load += (row.boarding ?? 0) - (row.alighting ?? 0);
      expect(load === row.load, `${run.run_id} load at ${row.seq}`);
      const here = isSchool(row.stop_id)
        ? ofSchool(row.stop_id)
        : aboard.filter((each) => each.stop_id === row.stop_id);
      if (isAm === isSchool(row.stop_id)) seated = seated.filter((each) => !here.includes(each));
      else seated = [...seated, ...here];
      expect(seated.length === load, `${run.run_id} counts riders wrongly at ${row.seq}`);
      expect(k === rows.length - 1 || load > 0, `${run.run_id} is empty after ${row.seq}`);
      const chairs = seated.filter((each) => inWheelchair(each.student_id)).length;
      const benches = seated.reduce((sum, each) => sum + benchesOf(each), 0);
      expect(benches <= type.benches + 1e-6, `${run.run_id} has ${benches} benches of ${type.benches}`);
      expect(chairs <= (type.lift ? (type.wheelchair_positions ?? 0) : 0), `${run.run_id} has ${chairs} wheelchairs`);
    }
    expect(load === 0, `${run.run_id} ends with riders aboard`);
    const grades = new Set(aboard.map((each) => students.get(each.student_id)?.grade ?? ""));
    for (const a of grades)
      for (const b of grades) {
        const shares = rules.get(a)?.share_with ?? [];
        expect(
          a === b || shares.length === 0 || (shares as string[]).includes(b),
          `${run.run_id} has grades ${a} and ${b}`,
        );
      }
    for (const each of aboard) {
      const student = students.get(each.student_id);
      const rule = rules.get(student?.grade ?? "");
      if (!student || !rule) return [`${each.student_id} is unknown`];
      const schoolRow = rows.find((row) => row.stop_id === student.school_id);
      if (!schoolRow) return [`${each.student_id} on a run of another school`];
      const stop = rows.find((row) => row.stop_id === each.stop_id);
      if (!stop) return [`${each.student_id} at a stop that ${run.run_id} does not make`];
      const [board, alight] = isAm ? [stop.depart, schoolRow.arrive] : [schoolRow.depart, stop.arrive];
      expect(each.board === board && each.alight === alight, `${each.student_id} times`);
      const limit = Math.min(rule.ride_max_min, riders.get(each.student_id)?.max_ride_min ?? Infinity);
      expect(alight - board <= limit * 60, `${each.student_id} rides ${(alight - board) / 60} min`);
      const needs = riders.get(each.student_id)?.needs ?? [];
      if (!needs.includes("wheelchair") && !needs.includes("curbside")) {
        const rider = riders.get(each.student_id);
        const home = {
          lat: (isAm ? rider?.am_lat : rider?.pm_lat) ?? student.lat ?? 0,
          lon: (isAm ? rider?.am_lon : rider?.pm_lon) ?? student.lon ?? 0,
        };
        const options = { limitM: rule.stop_walk_max_m, mayCross: rule.may_cross, grade: rule.grade };
        const [walkM] = await roads.walk(home, [{ lat: stop.lat ?? 0, lon: stop.lon ?? 0 }], options);
        expect(Math.abs(walkM - (each.walk_m ?? 0)) <= 1, `${each.student_id} walks ${walkM}, not ${each.walk_m}`);
      }
    }
  }
  for (const [key, turns] of curb) {
    const atOnce = bells.get(key.slice(0, key.indexOf(" ")))?.buses_at_once ?? Infinity;
    for (const [from] of turns)
      expect(turns.filter(([a, b]) => a <= from && from < b).length <= atOnce, `${key} curb at ${from}`);
  }
  for (const busId of new Set(routes.map((row) => row.bus_id))) {
    const rows = routes.filter((row) => row.bus_id === busId).sort((a, b) => a.seq - b.seq);
    const bus = buses.get(busId);
    const depot = depots.get(bus?.depot_id ?? "");
    if (!bus || !depot) return [`${busId} is no bus`];
    let last: (typeof run_stops)[number] | null = null;
    const metres = rows.reduce(
      (sum, row) => sum + (row.deadhead_m ?? 0) + (runs.find((run) => run.run_id === row.run_id)?.distance_m ?? 0),
      0,
    );
    expect(
      metres / 1609.344 <= (types.get(bus.bus_type_id)?.range_miles ?? Infinity),
      `${busId} drives ${metres} m, beyond its range`,
    );
    for (const row of rows) {
      const stops = run_stops.filter((stop) => stop.run_id === row.run_id).sort((a, b) => a.seq - b.seq);
      const first = stops[0];
      const from = last ?? depot;
      const to = first ?? depot;
      const departS: number = last ? last.depart : first.arrive - (row.deadhead_s ?? 0);
      const drive = await leg(from, to, departS);
      expect(
        Math.abs(drive.durationsS[0] - (row.deadhead_s ?? 0)) <= 1,
        `${busId} deadhead to ${row.run_id} takes ${drive.durationsS[0]}, not ${row.deadhead_s}`,
      );
      expect(Math.abs(drive.distancesM[0] - (row.deadhead_m ?? 0)) <= 1, `${busId} deadhead to ${row.run_id} metres`);
      if (last && first)
        expect(
          last.depart + (row.deadhead_s ?? 0) + settings.link_buffer_min * 60 <= first.arrive,
          `${busId} misses ${row.run_id}`,
        );
      if (!last) expect(departS >= (bus.available_from ?? 0), `${busId} leaves before it is available`);
      if (!first)
        expect((last?.depart ?? 0) + (row.deadhead_s ?? 0) <= (bus.available_to ?? Infinity), `${busId} returns late`);
      last = first ? stops[stops.length - 1] : null;
    }
    expect(last === null, `${busId} never returns`);
  }
  return wrong;
}
