import { existsSync, readFileSync } from "node:fs";
import { createContext } from "@trivium/engine";
import { expect, test } from "vitest";
import { readSbrp, type SbrpInstance } from "./read.ts";
import { type SbrpSolution, solveSbrp } from "./solve.ts";

const SET = new URL("../../../../shared/data/routing/sbrp-park/", import.meta.url);

/** Recounts a solution by the published rules: every stop once, 66 students, rides, windows, links. */
function broken(instance: SbrpInstance, solution: SbrpSolution, rideMaxS: number, window: boolean): string[] {
  const wrong: string[] = [];
  const stops = new Map(instance.stops.map((stop) => [stop.id, stop]));
  const schools = new Map(instance.schools.map((school) => [school.id, school]));
  const drive = (a: { x: number; y: number }, b: { x: number; y: number }) =>
    (Math.abs(a.x - b.x) + Math.abs(a.y - b.y)) / 29.333333333333332;
  const seen = new Map<string, number>();
  for (const bus of solution.buses) {
    let last: { x: number; y: number; free: number } | null = null;
    for (const { events } of bus.runs) {
      const school = schools.get(events[events.length - 1].id);
      if (!school) return ["a run without a school"];
      let aboard = 0;
      let before: { x: number; y: number; free: number } | null = last;
      for (const event of events) {
        const place = event.at === "stop" ? stops.get(event.id) : school;
        if (!place) return [`unknown stop ${event.id}`];
        if (before && event.arrive < before.free + drive(before, place) - 1e-6) wrong.push(`${event.id} too soon`);
        before = { x: place.x, y: place.y, free: event.depart };
        aboard += event.on - event.off;
        if (aboard > 66) wrong.push(`${event.id} overfull`);
        const stop = stops.get(event.id);
        if (event.at === "school") {
          if (event.depart - event.arrive < 154.4 - 1e-6) wrong.push("unloads too briefly");
          if (event.depart < school.earlyS - 1e-6 || event.depart > (window ? school.lateS : school.earlyS) + 1e-6)
            wrong.push(`${school.id} at ${event.depart}`);
        } else if (stop) {
          seen.set(event.id, (seen.get(event.id) ?? 0) + 1);
          if (instance.schools[stop.school] !== school || event.on !== stop.students) wrong.push(`${event.id} riders`);
          if (event.depart - event.arrive < 19 + 2.6 * event.on - 1e-6) wrong.push(`${event.id} loads too briefly`);
          if (events[events.length - 1].arrive - event.depart > rideMaxS + 1e-6)
            wrong.push(`${event.id} rides too long`);
        }
      }
      if (aboard !== 0) wrong.push("riders left aboard");
      last = before;
    }
  }
  for (const stop of instance.stops)
    if (seen.get(stop.id) !== 1) wrong.push(`stop ${stop.id} ${seen.get(stop.id)} times`);
  return wrong;
}

const schoolsText = "ID\tX\tY\tAMEARLY\tAMLATE\r\n9\t0\t0\t700\t730\r\n8\t3000\t0\t815\t830\r\n";
const stopsText =
  "ID\tX_COORD\tY_COORD\tEP_ID\tSTUDENT_COUNT\r\n1\t2933.3\t0\t9\t10\r\n2\t0\t5866\t8\t40\r\n3\t0\t6000\t8\t40\r\n";

test("times without colons and with leading zeros dropped are read as published", () => {
  const { schools, stops } = readSbrp(schoolsText, stopsText);
  expect(schools.map((school) => [school.earlyS, school.lateS])).toEqual([
    [7 * 3600, 7.5 * 3600],
    [8.25 * 3600, 8.5 * 3600],
  ]);
  expect(stops[1]).toEqual({ id: "2", x: 0, y: 5866, school: 1, students: 40 });
});

test("a stop of a school that is not listed is named with its row", () => {
  expect(() => readSbrp(schoolsText, `${stopsText}4\t0\t0\t7\t1\r\n`)).toThrow(/stop 4 belongs to school 7/);
  expect(() => readSbrp(schoolsText, "ID\n1\tx\t0\t9\t1")).toThrow(/row 2/);
});

test("two stops of 40 do not ride together on 66 seats; the 10 of the early school share one of their buses", async () => {
  const instance = readSbrp(schoolsText, stopsText);
  const solution = await solveSbrp(
    instance,
    { rideMaxS: 2700, setting: "fixed" },
    createContext(instance, { limits: { iterations: 1200 } }),
  );
  expect(broken(instance, solution, 2700, false)).toEqual([]);
  expect(solution.buses.length).toBe(2);
  expect(solution.buses.flatMap((bus) => bus.runs).length).toBe(3);
  // 2,933.3 ft at 29.3333 ft/s = 100 s of driving; unloading ends at 7:00.
  const early = solution.buses.flatMap((bus) => bus.runs).find((run) => run.events[0].id === "1");
  expect(early?.events[0].depart).toBeCloseTo(7 * 3600 - 154.4 - 100, 2);
});

test.skipIf(!existsSync(SET)).each([
  ["fixed", 32],
  ["window", 31],
] as const)(
  "RSRB01 at 2,700 s in setting %s keeps every published rule with at most %i buses (skipped without the public set)",
  async (setting, most) => {
    const read = (file: string) => readFileSync(new URL(`RSRB01/${file}`, SET), "utf8");
    const instance = readSbrp(read("Schools.txt"), read("Stops.txt"));
    const context = createContext(instance, { limits: { iterations: 15_000 } });
    const solution = await solveSbrp(instance, { rideMaxS: 2700, setting }, context);
    expect(broken(instance, solution, 2700, setting === "window")).toEqual([]);
    expect(solution.buses.length).toBeLessThanOrEqual(most);
  },
);
