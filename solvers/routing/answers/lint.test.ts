import { createContext } from "@trivium/engine";
import type { LintAnswer, LintFinding, Plan } from "@trivium/model";
import { expect, test } from "vitest";
import { engine } from "../engine.ts";
import { gridCity } from "../testing/grid-city.ts";
import { gridDistrict } from "../testing/grid-district.ts";

const dataset = gridDistrict({ students: 150, schools: 3, buses: 12, sideM: 5000 });
const problem = await engine.build(dataset, {}, { roads: gridCity() });
const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 1500 } }));

// biome-ignore lint/suspicious/noExplicitAny: mutations reach into every table
type Tables = Record<string, any[]>;
function linted(mutate: (tables: Tables) => unknown, question: object = {}): LintAnswer {
  const decisions = structuredClone(solution.decisions);
  mutate(decisions as unknown as Tables);
  const plan = { ...solution, area: "routing", decisions } as unknown as Plan<"routing">;
  return engine.ask(problem, plan, { kind: "lint", ...question }) as unknown as LintAnswer;
}

test("a plan of the engine's own has nothing to look at", () => {
  expect(linted(() => {})).toEqual({ kind: "lint", of: "plan", findings: [], counts: {} });
});

const linked = ({ runs }: Tables) => {
  const bus = runs.find(
    (run) => runs.filter((each) => each.bus_id === run.bus_id && each.direction === "AM").length > 1,
  );
  return runs
    .filter((each) => each.bus_id === bus.bus_id && each.direction === "AM")
    .sort((a, b) => a.depart - b.depart);
};
const chair = problem.rides.find((ride) => ride.wheelchair && ride.direction === "AM")?.studentId;
const big = problem.kinds.find((kind) => kind.wheelchairs === 0)?.busIds[0];

test.each<[LintFinding["what"], (tables: Tables) => unknown]>([
  [
    "empty_run",
    ({ runs, assignments }) => {
      for (const row of assignments) if (row.run_id === runs[0].run_id) row.run_id = runs[1].run_id;
    },
  ],
  ["no_bus", ({ runs }) => delete runs[0].bus_id],
  ["no_bus", ({ runs }) => (runs[0].bus_id = "B99")],
  [
    "double_booking",
    (tables) => {
      const [first, second] = linked(tables);
      const shift = second.depart - first.depart;
      for (const row of tables.run_stops)
        if (row.run_id === second.run_id)
          Object.assign(row, { arrive: row.arrive - shift, depart: row.depart - shift });
    },
  ],
  [
    "link_too_short",
    (tables) => {
      const [first, second] = linked(tables);
      const rows = tables.run_stops.filter((row) => row.run_id === first.run_id);
      const begins = Math.min(
        ...tables.run_stops.filter((row) => row.run_id === second.run_id).map((row) => row.arrive),
      );
      const last = rows.reduce((a, b) => (a.seq > b.seq ? a : b));
      last.depart = begins - 1;
    },
  ],
  [
    "over_capacity",
    ({ runs, assignments }) => {
      const am = runs.filter((run) => run.direction === "AM");
      for (const row of assignments) if (row.direction === "AM") row.run_id = am[0].run_id;
    },
  ],
  [
    "wrong_vehicle",
    ({ runs, assignments }) => {
      const row = assignments.find((each) => each.student_id === chair && each.direction === "AM");
      runs.find((run) => run.run_id === row.run_id).bus_id = big;
    },
  ],
  ["not_called_at", ({ assignments }) => (assignments[0].stop_id = "elsewhere")],
  [
    "late_for_bell",
    ({ run_stops, runs }) => {
      const run = runs.find((each) => each.direction === "AM");
      for (const row of run_stops) if (row.run_id === run.run_id) row.arrive += 3600;
    },
  ],
  [
    "before_bell",
    ({ run_stops, runs }) => {
      const run = runs.find((each) => each.direction === "PM");
      for (const row of run_stops) if (row.run_id === run.run_id) row.depart -= 3600;
    },
  ],
])("%s is found", (what, mutate) => {
  const { findings, counts } = linted(mutate);
  expect(findings.map((each) => each.what)).toContain(what);
  expect(counts[what]).toBe(findings.filter((each) => each.what === what).length);
});

test("today's service can be looked over too, where the district gave it", () => {
  expect(() => linted(() => {}, { of: "today" })).toThrow(/no service of today/);
});
