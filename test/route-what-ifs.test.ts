import { createContext } from "@trivium/engine";
import {
  applyScenario,
  changesOf,
  type Explanation,
  METRES_PER_MILE,
  onBaseline,
  type Plan,
  planHash,
  type RoutingWhatIf,
  routingWhatIfSchema,
  type Scenario,
  WHAT_IF_PRICES,
} from "@trivium/model";
import { engine } from "@trivium/routing";
import { verifyPlan } from "@trivium/verify";
import { expect, test } from "vitest";
import { gridCity } from "../solvers/routing/testing/grid-city.ts";
import { gridDistrict } from "../solvers/routing/testing/grid-district.ts";

const roads = gridCity();
const dataset = gridDistrict({ students: 160, schools: 6, buses: 16, sideM: 5000 });

async function solved(scenario: Scenario, iterations: number): Promise<Plan<"routing">> {
  const district = applyScenario(dataset, scenario);
  const problem = await engine.build(district, {}, { roads });
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations } }));
  const plan: Plan<"routing"> = {
    ...solution,
    area: "routing",
    trivium_version: "0",
    dataset_hash: dataset.hash,
    scenario,
    seed: 1,
    threads: 1,
    elapsed_s: 0,
    verification: null,
    provenance: { plan_hash: planHash(solution.decisions, solution.metrics) },
  };
  const verification = await verifyPlan(dataset, plan, { roads });
  expect(verification.violations).toEqual([]);
  return plan;
}

const published = await solved({ name: "published", changes: [], settings: {} }, 3000);

/** The plan after a what-if, verified from its own scenario, and what differs. */
async function asked(whatIf: RoutingWhatIf) {
  const changes = [
    ...onBaseline([], published),
    { op: "settings" as const, area: "routing" as const, values: { ...WHAT_IF_PRICES } },
    ...changesOf(dataset, published, routingWhatIfSchema.parse(whatIf)),
  ];
  const after = await solved({ name: "what if", changes, settings: {} }, 1000);
  const side = (plan: Plan<"routing">) => ({ name: plan.provenance.plan_hash, ...plan });
  return { after, comparison: engine.compare(side(published), side(after)) };
}

const busesOf = (plan: Plan<"routing">) => [...new Set(plan.decisions.routes.map((row) => row.bus_id))];
const ridersOf = (busId: string) =>
  new Set(published.decisions.assignments.filter((row) => row.bus_id === busId).map((row) => row.student_id));

test("without a bus its riders are on others, and the comparison names them and the runs", async () => {
  const [busId] = busesOf(published);
  const { after, comparison } = await asked({ what: "without_buses", bus_ids: [busId] });
  expect(busesOf(after)).not.toContain(busId);
  expect(after.unmet).toEqual([]);
  for (const id of ridersOf(busId)) expect(comparison.affected.students_bus).toContain(id);
  expect(comparison.affected.buses).toContain(busId);
  expect(comparison.affected.runs.length).toBeGreaterThan(0);
  expect(comparison.figures.find((figure) => figure.name === "cost_usd_per_year")?.difference).not.toBeNull();
});

test("with two drivers fewer than the plan needs, no more buses than that are out", async () => {
  const { after } = await asked({ what: "fewer_drivers", count: 2 });
  expect(busesOf(after).length).toBeLessThanOrEqual(busesOf(published).length - 2);
  for (const { reason_code } of after.unmet) expect(reason_code).toMatch(/no_bus|no_capacity/);
});

test("who never comes has no ride any more, and nobody else moves for it where moving is dear", async () => {
  const student_ids = published.decisions.assignments.slice(0, 4).map((row) => row.student_id);
  const { after } = await asked({ what: "no_shows", student_ids });
  expect(after.decisions.assignments.filter((row) => student_ids.includes(row.student_id))).toEqual([]);
  expect(Number(after.metrics.moved_students)).toBeLessThanOrEqual(8);
});

test("with shorter walks nobody walks further than the new limit", async () => {
  const { after } = await asked({ what: "walk_limits", factor: 0.5 });
  expect(Number(after.metrics.walk_m_max)).toBeLessThanOrEqual(400);
  expect(Number(published.metrics.walk_m_max)).toBeGreaterThan(400);
});

test("a bell moves with its day, and its school's riders move with it", async () => {
  const { after, comparison } = await asked({ what: "bell", school_id: "S1", start: "09:30" });
  expect(after.decisions.bells.find((row) => row.school_id === "S1")?.bell_start).toBe(9.5 * 3600);
  expect(comparison.affected.schools_bells).toEqual(["S1"]);
  expect(comparison.affected.students_time.length).toBeGreaterThan(0);
});

test.each([
  ["to the school that is named", "S4", ["S4"]],
  ["to the nearest of its level", undefined, ["S4"]],
])("a closed school's riders go %s", async (_, to, receiving) => {
  const { after } = await asked({ what: "school_closed", school_id: "S1", ...(to ? { to } : {}) });
  expect(after.decisions.runs.flatMap((run) => run.school_ids)).not.toContain("S1");
  const district = applyScenario(dataset, after.scenario);
  const moved = dataset.tables.students.filter((row) => row.school_id === "S1").map((row) => row.student_id);
  const now = new Set(
    district.tables.students.filter((row) => moved.includes(row.student_id)).map((row) => row.school_id),
  );
  expect([...now]).toEqual(receiving);
});

test("electric buses drive no farther a day than their range, and are charged in kWh", async () => {
  const range_miles = 35;
  const { after } = await asked({
    what: "electric",
    bus_type_id: "lift",
    range_miles,
    kwh_per_mile: 1.4,
    price_kwh_usd: 0.15,
  });
  const { runs, routes } = after.decisions;
  const types = new Map(dataset.tables.buses.map((row) => [row.bus_id, row.bus_type_id]));
  const electric = busesOf(after).filter((busId) => types.get(busId) === "lift");
  expect(electric.length).toBeGreaterThan(0);
  for (const busId of electric) {
    const of = (row: { bus_id?: string }) => row.bus_id === busId;
    const metres =
      runs.filter(of).reduce((sum, row) => sum + (row.distance_m ?? 0), 0) +
      routes.filter(of).reduce((sum, row) => sum + (row.deadhead_m ?? 0), 0);
    expect(metres / METRES_PER_MILE).toBeLessThanOrEqual(range_miles);
  }
  expect(Number(after.metrics.electric_kwh_per_year)).toBeGreaterThan(0);
});

test("a closed road is a row of closures.csv: a way, or all around a point", () => {
  const rows = (whatIf: RoutingWhatIf) =>
    changesOf(dataset, published, whatIf).map((each) => "row" in each && each.row);
  expect(rows({ what: "closed_road", osm_way_ids: ["11", "12"] })).toEqual([
    { osm_way_id: "11" },
    { osm_way_id: "12" },
  ]);
  expect(rows({ what: "closed_road", lat: 40, lon: -75 })).toEqual([{ lat: 40, lon: -75, radius_m: 20 }]);
});

test.each<[string, RoutingWhatIf]>([
  ["unknown-id", { what: "without_buses", bus_ids: ["B99"] }],
  ["unknown-id", { what: "no_shows", student_ids: ["nobody"] }],
  ["unknown-id", { what: "bell", school_id: "S99", start: "08:00" }],
  ["bad-what-if", { what: "bell", school_id: "S1", start: "at eight" }],
  ["bad-what-if", { what: "closed_road" }],
  ["bad-what-if", { what: "electric", bus_type_id: "big", range_miles: 90, kwh_per_mile: 1.3 }],
  ["nothing-left", { what: "fewer_drivers", count: 99 }],
])("%s: %o is refused", (code, whatIf) => {
  expect(() => changesOf(dataset, published, whatIf)).toThrow(expect.objectContaining({ code }));
});

/** A plan's mends as a scenario after its own. */
const mended = (plan: Plan<"routing">, mend: Explanation["mends"][number]): Scenario => {
  const district = applyScenario(dataset, plan.scenario);
  const changes = (mend.changes ?? []).flatMap((each) => ("op" in each ? [each] : changesOf(district, plan, each)));
  return { name: mend.change, changes: [...plan.scenario.changes, ...changes], settings: {} };
};
const explained = async (plan: Plan<"routing">, kind: "student" | "bus", id: string) =>
  engine.explain(await engine.build(applyScenario(dataset, plan.scenario), {}, { roads }), plan, { kind, id });

test("where buses are short, an unserved rider's mend, carried out and verified, leaves fewer without a ride", async () => {
  const [keep] = busesOf(published);
  const bus_ids = dataset.tables.buses.map((row) => row.bus_id).filter((id) => id !== keep);
  const changes = changesOf(dataset, published, { what: "without_buses", bus_ids });
  const short = await solved({ name: "short", changes, settings: {} }, 1000);
  expect(short.unmet.length).toBeGreaterThan(0);
  const why = await explained(short, "student", short.unmet[0].student_id);
  const more = why.mends.find((mend) => mend.change.startsWith("one more"));
  expect(why.mends.length).toBeGreaterThan(1);
  if (!more) throw new Error("no bus was proposed");
  const after = await solved(mended(short, more), 1000);
  expect(after.unmet.length).toBeLessThan(short.unmet.length);
});

test("a home beyond every stop is mended by fetching its student there", async () => {
  const { student_id } = published.decisions.assignments[0];
  const none = { op: "set" as const, table: "rules" as const, where: {}, values: {} };
  const changes = dataset.tables.rules.map((row) => ({
    ...none,
    where: { grade: row.grade },
    values: { stop_walk_max_m: 1 },
  }));
  const far = await solved({ name: "no walks", changes, settings: {} }, 500);
  const unserved = far.unmet.find((row) => row.student_id === student_id) ?? far.unmet[0];
  expect(unserved.reason_code).toBe("no_stop_in_reach");
  const why = await explained(far, "student", unserved.student_id);
  const after = await solved(mended(far, why.mends[0]), 500);
  expect(after.unmet.map((row) => row.student_id)).not.toContain(unserved.student_id);
});

test("why a bus is needed: what would have no bus without it, and who would drive the rest", async () => {
  for (const busId of busesOf(published)) {
    const why = await explained(published, "bus", busId);
    const own = published.decisions.runs.filter((run) => run.bus_id === busId).map((run) => run.run_id);
    const told = why.facts.filter((fact) => fact.label.startsWith("without it, "));
    expect(told.map((fact) => fact.label.slice("without it, ".length)).sort()).toEqual(own.sort());
    expect(why.proven).toBe(false);
  }
});

test("why this stop and ride: who shares it, and the cheapest other place", async () => {
  const { student_id, direction } = published.decisions.assignments[10];
  const why = await explained(published, "student", student_id);
  const labels = why.facts.map((fact) => fact.label);
  expect(labels).toContain(`${direction} riders at the stop on this run`);
  expect(labels).toContain(`${direction} cheapest other place`);
});
