import { enableCompileCache } from "node:module";
import type { Comparison, Dataset, Plan } from "@trivium/model";
import { askPlan, closeQuestions, comparePlans, solvePlan } from "@trivium/worker";
import { wanted } from "../../wanted.ts";
import { scenarioOf, solvedPlan } from "./ours.ts";
import { unkind } from "./schools.ts";
import { median, percent, type Rows, timed } from "./words.ts";

const STUDENTS = 2000;
const BASE_S = 120;
const WHAT_IF_S = [1.5, 30];
/** The whole answer. */
const WHAT_IF_LIMIT_S = 2;
const WALK_INS = 40;

/** What a planner waits for, on a school of 2,000 with a plan. */
export async function* useRows(): Rows {
  if (!wanted("uses")) return;
  const { dataset } = await unkind(STUDENTS);
  const plan = await solvedPlan({ name: `unkind-${STUDENTS}`, dataset, timeS: BASE_S, threads: 2 });
  const instance = `unkind school of ${STUDENTS}`;
  try {
    yield* whatIfRow(dataset, plan, instance);
    yield* walkInRow(dataset, plan, instance);
    yield* oneMoreRow(dataset, plan, instance);
  } finally {
    await closeQuestions();
  }
}

/** A full-timer can't teach in the first block of day A any more; the plan before is where the search starts. */
async function* whatIfRow(dataset: Dataset, plan: Plan<"scheduling">, instance: string): Rows {
  const main = plan.decisions.sections.find(
    (row) =>
      row.pattern_id === "A1" && !dataset.tables.sections.some(({ section_id }) => section_id === row.section_id),
  );
  const teacher = dataset.tables.teachers.find(({ teacher_id }) => teacher_id === main?.teacher_id);
  if (!teacher) throw new Error("nobody teaches in the first block of day A");
  const unavailable = [...(teacher.unavailable ?? []), "A:1"].join("|");
  const changes = [
    {
      op: "set" as const,
      table: "teachers" as const,
      where: { teacher_id: teacher.teacher_id },
      values: { unavailable },
    },
  ];
  const met: number[] = [];
  const tookS: number[] = [];
  const differences: Comparison[] = [];
  // As the command line does: a thread finds code that another compiled.
  enableCompileCache();
  for (const timeS of WHAT_IF_S) {
    const scenario = { ...scenarioOf({ timeS, threads: 1 }), changes };
    const { ms, value } = await timed(async () => {
      const after = await solvePlan({ dataset, area: "scheduling", scenario, start: plan });
      return { after, difference: await comparePlans({ a: plan, b: after }) };
    });
    met.push(Number(value.after.metrics.requests_met));
    tookS.push(ms / 1000);
    differences.push(value.difference);
  }
  const { students, sections } = differences[0].affected;
  const before = Number(plan.metrics.requests_met);
  const lost = before - met[1];
  const quick = met[0] >= met[1] || before - met[0] <= Math.max(1, 1.2 * lost);
  yield {
    what: "what-if: a teacher loses a block, solved from the plan before, verified and compared with it, one thread",
    instance,
    result: `${met[0]} requests met in ${tookS[0].toFixed(1)} s, ${met[1]} in ${tookS[1].toFixed(1)} s; ${before} before the change; affected: ${students.length} students, ${sections.length} sections`,
    goal: "most of the gain within 2 s",
    met: quick && met[0] > 0 && tookS[0] <= WHAT_IF_LIMIT_S,
  };
}

async function* walkInRow(dataset: Dataset, plan: Plan<"scheduling">, instance: string): Rows {
  const ids = dataset.tables.students.map(({ student_id }) => student_id);
  const ask = (student_id: string) => askPlan({ dataset, plan, question: { kind: "walk_in", student_id } });
  const first = await timed(() => ask(ids[0]));
  const ms: number[] = [];
  for (let n = 0; n < WALK_INS; n++) ms.push((await timed(() => ask(ids[(n * 997) % ids.length]))).ms);
  yield {
    what: "walk-in: best schedules of one student, asked of a warm thread",
    instance,
    result: `median ${median(ms).toFixed(1)} ms, slowest of ${WALK_INS} ${Math.max(...ms).toFixed(1)} ms; the first, which builds the problem, ${(first.ms / 1000).toFixed(1)} s`,
    goal: "under 50 ms",
    met: Math.max(...ms) < 50,
  };
}

async function* oneMoreRow(dataset: Dataset, plan: Plan<"scheduling">, instance: string): Rows {
  const { ms, value } = await timed(() => askPlan({ dataset, plan, question: { kind: "one_more" } }));
  const rows = (value as { rows?: readonly { kind: string; id: string; gain: number }[] }).rows ?? [];
  yield {
    what: "what one more buys: sections, teachers' sections, seats, other times, ranked",
    instance,
    result: `${rows.length} candidates in ${(ms / 1000).toFixed(1)} s; the first: ${rows[0]?.kind ?? "none"} ${rows[0]?.id ?? ""}, ${rows[0]?.gain ?? 0} requests; plan of ${percent(Number(plan.metrics.requests_met_share))}`,
    goal: "within a minute",
    met: ms < 60_000 && rows.length > 0,
  };
}
