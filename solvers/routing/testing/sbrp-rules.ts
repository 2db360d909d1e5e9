import type { SbrpSetting } from "../sbrp/half-day.ts";
import type { SbrpInstance } from "../sbrp/read.ts";
import type { SbrpSolution } from "../sbrp/solve.ts";

const FEET_PER_S = 29.333333333333332;
const EPSILON = 1e-6;

/** Recounts a solution by the published rules: every stop once, 66 students, rides, windows, times at stops and schools, links. Shares no code with the search. */
export function brokenRules(
  instance: SbrpInstance,
  solution: Pick<SbrpSolution, "buses">,
  rideMaxS: number,
  setting: SbrpSetting,
): string[] {
  const wrong: string[] = [];
  const stops = new Map(instance.stops.map((stop) => [stop.id, stop]));
  const schools = new Map(instance.schools.map((school) => [school.id, school]));
  const drive = (a: { x: number; y: number }, b: { x: number; y: number }) =>
    (Math.abs(a.x - b.x) + Math.abs(a.y - b.y)) / FEET_PER_S;
  const seen = new Map<string, number>();
  for (const bus of solution.buses) {
    let before: { x: number; y: number; free: number } | null = null;
    for (const { events } of bus.runs) {
      /** Stops whose students are aboard. */
      let aboard: { school: string; students: number; departed: number }[] = [];
      const calls = events.filter((event) => event.at === "school");
      if (setting !== "mixed" && calls.length !== 1) wrong.push(`${calls.length} schools on one run`);
      for (const event of events) {
        const isStop = event.at === "stop";
        const place = isStop ? stops.get(event.id) : schools.get(event.id);
        if (!place) return [`unknown ${event.at} ${event.id}`];
        if (before && event.arrive < before.free + drive(before, place) - EPSILON) wrong.push(`${event.id} too soon`);
        before = { x: place.x, y: place.y, free: event.depart };
        const stop = stops.get(event.id);
        const lasts = event.depart - event.arrive;
        if (isStop && stop) {
          seen.set(event.id, (seen.get(event.id) ?? 0) + 1);
          if (event.on !== stop.students || event.off !== 0) wrong.push(`${event.id} riders`);
          if (lasts < 19 + 2.6 * event.on - EPSILON) wrong.push(`${event.id} loads too briefly`);
          const { id } = instance.schools[stop.school];
          aboard.push({ school: id, students: event.on, departed: event.depart });
          const load = aboard.reduce((sum, each) => sum + each.students, 0);
          if (load > 66) wrong.push(`${event.id} overfull`);
          continue;
        }
        const school = schools.get(event.id);
        if (!school) continue;
        const leaving = aboard.filter((each) => each.school === event.id);
        aboard = aboard.filter((each) => each.school !== event.id);
        const off = leaving.reduce((sum, each) => sum + each.students, 0);
        if (off !== event.off || event.on !== 0 || off === 0) wrong.push(`${event.off} get off at ${event.id}`);
        if (leaving.some((each) => event.arrive - each.departed > rideMaxS + EPSILON)) wrong.push("a ride is too long");
        if (lasts < (setting === "mixed" ? 29 + 1.9 * off : 154.4) - EPSILON) wrong.push("unloads too briefly");
        const at = setting === "mixed" ? event.arrive : event.depart;
        const latest = setting === "fixed" ? school.earlyS : school.lateS;
        if (at < school.earlyS - EPSILON || at > latest + EPSILON) wrong.push(`${school.id} at ${at}`);
      }
      if (aboard.length > 0) wrong.push("riders left aboard");
    }
  }
  for (const stop of instance.stops)
    if (seen.get(stop.id) !== 1) wrong.push(`stop ${stop.id} ${seen.get(stop.id)} times`);
  return wrong;
}
