import { createContext } from "@trivium/engine";
import { MOVE_LANES, type MoveSectionAnswer, moveSectionAnswerSchema, type Plan } from "@trivium/model";
import { verifySteps } from "@trivium/verify";
import { beforeAll, expect, test } from "vitest";
import { engine, type SchedulingProblem } from "../../index.ts";
import { planOf } from "../../testing/plan-of.ts";
import { unkindSchool } from "../../testing/unkind-school.ts";

const dataset = unkindSchool({ seed: 12 });
let problem: SchedulingProblem;
let plan: Plan<"scheduling">;

const ask = async (section_id: string, more: object = {}): Promise<MoveSectionAnswer> => {
  const context = createContext(problem, { limits: { iterations: 1 } });
  const question = { kind: "move_section", section_id, ...more };
  return moveSectionAnswerSchema.parse(await engine.ask(problem, plan, question, { dataset, context }));
};

beforeAll(async () => {
  problem = await engine.build(dataset, {}, {});
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 300 } }));
  plan = planOf(dataset, solution);
}, 60_000);

const some = () => plan.decisions.sections.filter((_, index) => index % 11 === 0);

test("every place that is said to be possible is legal when it is laid on the plan, and meets what it says", async () => {
  const wrong: string[] = [];
  let possible = 0;
  for (const { section_id } of some())
    for (const lanes of MOVE_LANES) {
      const { targets } = await ask(section_id, { lanes, with_steps: true });
      for (const { steps = [], meets = [], loses = [], gain, pattern_id } of targets.filter((each) => each.possible)) {
        possible++;
        const { ok, violations } = verifySteps(dataset, plan, { steps, meets, loses });
        if (!ok) wrong.push(`${section_id} ${lanes} ${pattern_id}: ${violations[0].rule} ${violations[0].message}`);
        expect(gain).toBe(meets.length - loses.length);
      }
    }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(possible).toBeGreaterThan(20);
});

test("what is in the way really meets at that time with that teacher or in that room", async () => {
  const meetings = new Map(dataset.tables.patterns.map((row) => [row.pattern_id, new Set(row.meetings)]));
  const byId = new Map(plan.decisions.sections.map((row) => [row.section_id, row]));
  let named = 0;
  for (const { section_id } of some())
    for (const target of (await ask(section_id, { lanes: "teacher" })).targets) {
      if (target.why !== "teacher_busy" && target.why !== "room_busy") continue;
      for (const id of target.in_way) {
        const other = byId.get(id);
        named++;
        expect(id).not.toBe(section_id);
        const mine: ReadonlySet<string> = meetings.get(target.pattern_id) ?? new Set();
        expect([...(meetings.get(other?.pattern_id ?? "") ?? [])].some((slot) => mine.has(slot))).toBe(true);
        if (target.why === "teacher_busy")
          expect([other?.teacher_id, ...(other?.co_teacher_ids ?? [])]).toContain(target.teacher_id);
        else expect(other?.room_id).toBe(target.room_id);
      }
    }
  expect(named).toBeGreaterThan(0);
});

test("an answer does not depend on what was asked before, nor on whether steps are wanted", async () => {
  const [first, second] = some();
  const before = await ask(first.section_id, { lanes: "room" });
  await ask(second.section_id);
  expect(await ask(first.section_id, { lanes: "room" })).toEqual(before);
  const gains = ({ targets }: MoveSectionAnswer) => targets.map(({ gain, possible }) => [gain, possible]);
  expect(gains(await ask(first.section_id, { with_steps: true }))).toEqual(gains(await ask(first.section_id)));
});

test("a section that is not there, and a lane that is none, are refused by name", async () => {
  await expect(async () => ask("NO-SUCH")).rejects.toMatchObject({ code: "unknown-section" });
  await expect(async () => ask(some()[0].section_id, { lanes: "bus" })).rejects.toMatchObject({ code: "bad-question" });
});
