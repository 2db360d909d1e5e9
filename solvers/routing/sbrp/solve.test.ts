import { existsSync, readFileSync } from "node:fs";
import { createContext } from "@trivium/engine";
import { expect, test } from "vitest";
import { brokenRules } from "../testing/sbrp-rules.ts";
import { readSbrp } from "./read.ts";
import { solveSbrp } from "./solve.ts";

const SET = new URL("../../../../shared/data/routing/sbrp-park/", import.meta.url);

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
  expect(brokenRules(instance, solution, 2700, "fixed")).toEqual([]);
  expect(solution.buses.length).toBe(2);
  expect(solution.buses.flatMap((bus) => bus.runs).length).toBe(3);
  // 2,933.3 ft at 29.3333 ft/s = 100 s of driving; unloading ends at 7:00.
  const early = solution.buses.flatMap((bus) => bus.runs).find((run) => run.events[0].id === "1");
  expect(early?.events[0].depart).toBeCloseTo(7 * 3600 - 154.4 - 100, 2);
});

test("two schools beside each other share one bus where loads may be mixed: 10 and 30 get off, in 48 and 86 s", async () => {
  const instance = readSbrp(
    "ID\tX\tY\tAMEARLY\tAMLATE\n1\t0\t0\t800\t815\n2\t2933.3\t0\t800\t815\n",
    "ID\tX_COORD\tY_COORD\tEP_ID\tSTUDENT_COUNT\n1\t-60000\t0\t1\t10\n2\t-59000\t0\t2\t30\n",
  );
  const solve = (setting: "window" | "mixed") =>
    solveSbrp(instance, { rideMaxS: 2700, setting }, createContext(instance, { limits: { iterations: 1200 } }));
  expect((await solve("window")).buses.length).toBe(2);
  const { buses } = await solve("mixed");
  expect(brokenRules(instance, { buses }, 2700, "mixed")).toEqual([]);
  expect(buses.length).toBe(1);
  const calls = buses[0].runs.flatMap((run) => run.events).filter((event) => event.at === "school");
  expect(calls.map((call) => [call.off, Math.round(10 * (call.depart - call.arrive)) / 10])).toEqual([
    [10, 48],
    [30, 86],
  ]);
});

test.skipIf(!existsSync(SET)).each([
  ["fixed", "RSRB01", 2700, 32],
  ["window", "RSRB01", 2700, 25],
  ["mixed", "RSRB05", 5400, 72],
] as const)(
  "in setting %s, %s at %i s keeps every published rule with at most %i buses (skipped without the public set)",
  async (setting, name, rideMaxS, most) => {
    const read = (file: string) => readFileSync(new URL(`${name}/${file}`, SET), "utf8");
    const instance = readSbrp(read("Schools.txt"), read("Stops.txt"));
    const context = createContext(instance, { limits: { iterations: 15_000 } });
    const solution = await solveSbrp(instance, { rideMaxS, setting }, context);
    expect(brokenRules(instance, solution, rideMaxS, setting)).toEqual([]);
    expect(solution.buses.length).toBeLessThanOrEqual(most);
  },
);
