import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createContext } from "@trivium/engine";
import { readTimetableInstance, readTimetableSolution, writeTimetableSolution } from "@trivium/intake";
import type { PlacedClass, TimetableInstance, TimetableSolution } from "@trivium/model";
import { solveTimetable } from "@trivium/scheduling";
import { verifyTimetable } from "@trivium/verify";
import fc from "fast-check";
import { expect, test } from "vitest";
import { randomInstance } from "./random-instance.ts";

const solve = (instance: TimetableInstance, iterations: number, seed = 1, threads = 1) =>
  solveTimetable(instance, createContext(instance, { limits: { iterations }, seed, threads }));

const solutionOf = (instance: TimetableInstance, classes: readonly PlacedClass[]): TimetableSolution => ({
  name: instance.name,
  runtimeS: 1.5,
  cores: 1,
  technique: "a <test> & more",
  author: "",
  institution: "",
  country: "",
  classes,
});

const judge = (instance: TimetableInstance, classes: readonly PlacedClass[]) =>
  verifyTimetable(instance, solutionOf(instance, classes));

test("what the search counts after any number of moves is what the verifier counts, and no timetable breaks a rule", async () => {
  let feasible = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 1e6 }), fc.integer({ min: 1, max: 4000 }), async (seed, iterations) => {
      const instance = randomInstance(seed, 6, 6, 0.12);
      const found = await solve(instance, iterations, seed);
      if (found.status !== "feasible") return;
      feasible++;
      const { verification, penalty } = judge(instance, found.classes);
      expect(verification.violations).toEqual([]);
      expect(found.penalty).toBe(penalty.total);
    }),
    { numRuns: 80 },
  );
  expect(feasible).toBeGreaterThan(20);
});

/** Least penalty over every time, room and choice of classes of a course's students, or undefined where none is legal. */
function bestByEnumeration(instance: TimetableInstance): number | undefined {
  const classes = instance.courses.flatMap(({ configs }) =>
    configs.flatMap(({ subparts }) => subparts.flatMap((each) => each.classes)),
  );
  const requests = instance.students.flatMap(({ id, courses }) => courses.map((course) => ({ id, course })));
  const options = requests.map(({ course }) => {
    const { configs } = instance.courses.find(({ id }) => id === course) as TimetableInstance["courses"][number];
    return configs.flatMap(({ subparts }) =>
      subparts.reduce<string[][]>(
        (lists, each) => lists.flatMap((list) => each.classes.map(({ id }) => [...list, id])),
        [[]],
      ),
    );
  });
  let best: number | undefined;
  const placed: PlacedClass[] = [];
  const attending = new Map(classes.map(({ id }) => [id, [] as string[]]));
  const section = (at: number): void => {
    if (at === requests.length) {
      const { verification, penalty } = judge(
        instance,
        placed.map((each) => ({ ...each, students: attending.get(each.id) as string[] })),
      );
      if (verification.ok && (best === undefined || penalty.total < best)) best = penalty.total;
      return;
    }
    for (const option of options[at]) {
      for (const id of option) attending.get(id)?.push(requests[at].id);
      section(at + 1);
      for (const id of option) attending.get(id)?.pop();
    }
  };
  const place = (at: number): void => {
    if (at === classes.length) {
      if (judge(instance, placed).verification.violations.every(({ rule }) => rule === "timetable.student-sectioned"))
        section(0);
      return;
    }
    const { id, times, rooms, needsRoom } = classes[at];
    for (const { days, weeks, start } of times)
      for (const room of needsRoom ? rooms.map((each) => each.id) : [undefined]) {
        placed.push({ id, days, weeks, start, room, students: [] });
        place(at + 1);
        placed.pop();
      }
  };
  place(0);
  return best;
}

test("tiny instances: the penalty is the least there is, and what has no legal timetable gets none", async () => {
  let legal = 0;
  for (let seed = 1; seed <= 16; seed++) {
    const instance = randomInstance(seed, 2, 2, 0.08);
    const best = bestByEnumeration(instance);
    const found = await solve(instance, 40_000, seed);
    expect([seed, found.status === "feasible", found.penalty]).toEqual([seed, best !== undefined, best]);
    if (best !== undefined) legal++;
  }
  expect(legal).toBeGreaterThan(4);
});

test("the same seed, threads and iterations give the same timetable; a solution reads back as it was written", async () => {
  const instance = randomInstance(7, 6, 8, 0);
  const [first, second] = [await solve(instance, 5000, 3, 2), await solve(instance, 5000, 3, 2)];
  expect(first.status).toBe("feasible");
  expect(second).toEqual(first);
  const solution = solutionOf(instance, first.classes);
  expect(readTimetableSolution(writeTimetableSolution(solution), "solution.xml")).toEqual(solution);
});

test("a class whose hard constraints leave it no time is proven infeasible, by its name", async () => {
  const instance = randomInstance(7, 2, 1, 0);
  const [first] = instance.courses[0].configs[0].subparts[0].classes;
  const twins = {
    ...instance,
    distributions: [
      { kind: "DifferentDays" as const, parameters: [], required: true, penalty: 0, classes: ["1", "2"] },
    ],
  };
  const same = { ...first.times[0] };
  const courses = instance.courses.map((course) => ({
    ...course,
    configs: course.configs.map((config) => ({
      ...config,
      subparts: config.subparts.map((subpart) => ({
        ...subpart,
        classes: subpart.classes.map((each) => ({ ...each, times: [same] })),
      })),
    })),
  }));
  expect(await solve({ ...twins, courses }, 1000)).toMatchObject({
    status: "infeasible",
    reason: expect.stringContaining("class "),
  });
});

const folder = join(import.meta.dirname, "../../../shared/data/scheduling/itc2019");
test.skipIf(!existsSync(folder))(
  "the competition's instances all get a legal timetable within few iterations",
  async () => {
    for (const file of readdirSync(folder)) {
      const instance = readTimetableInstance(gunzipSync(readFileSync(join(folder, file))).toString(), file);
      const found = await solve(instance, 6000);
      expect([file, found.status]).toEqual([file, "feasible"]);
      const { verification, penalty } = judge(instance, found.classes);
      expect(verification.violations).toEqual([]);
      expect(found.penalty).toBe(penalty.total);
    }
  },
);
