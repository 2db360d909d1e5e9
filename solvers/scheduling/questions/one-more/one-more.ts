import { createContext, type Question, type QuestionResources } from "@trivium/engine";
import { CANDIDATE_KINDS, InputError, type OneMoreAnswer, type OneMoreRow, type Plan } from "@trivium/model";
import { z } from "zod";
import type { SchedulingProblem } from "../../problem/problem.ts";
import { replay } from "../../report/replay.ts";
import { copyPlaces } from "../../schedule/places.ts";
import type { Schedule } from "../../schedule/schedule.ts";
import { type Candidate, candidatesOf } from "./candidate.ts";
import { before, reseatTask, searchTask } from "./tasks.ts";

/** Candidates re-seated by one task: enough that laying out the schedule does not count. */
const BATCH = 12;

const questionSchema = z.strictObject({
  kind: z.literal("one_more"),
  course_id: z.string().optional(),
  kinds: z.array(z.enum(CANDIDATE_KINDS)).min(1).optional(),
  search: z.number().int().min(0).max(1000).default(12),
  iterations: z.number().int().min(1).max(1_000_000).default(512),
  seed: z.number().int().min(0).default(1),
  with_steps: z.boolean().default(false),
});

/**
 * `{ kind: "one_more", course_id?, kinds?, search?, iterations?, seed?, with_steps? }`: what one thing more or less wins or costs, ranked:
 * a section of each course, a section of each teacher, a seat in each full section, another period for each singleton. Every place of each
 * is done on the plan and everybody it touches is seated anew; the best `search` go on to a search of `iterations`, held against the same search on
 * the plan as it is. With `course_id` only what concerns that course, a row for every place.
 */
export async function oneMore(
  problem: SchedulingProblem,
  plan: Plan<"scheduling">,
  question: Question,
  resources?: QuestionResources<SchedulingProblem>,
): Promise<OneMoreAnswer> {
  const asked = readQuestion(question);
  const context = resources?.context ?? createContext(problem, { limits: { iterations: 1 } });
  const schedules = replay(problem, plan.decisions);
  const places = schedules.map(copyPlaces);
  const kinds = asked.kinds ?? CANDIDATE_KINDS;
  const inputs = schedules.flatMap((schedule, school) => {
    const course = courseIn(schedule, asked.course_id);
    if (course === null) return [];
    const all = candidatesOf(schedule, kinds, course < 0 ? null : new Set([course]));
    return batches(all).map((candidates) => ({
      school,
      from: places[school],
      candidates,
      detail: course >= 0,
      course,
    }));
  });
  if (
    asked.course_id !== undefined &&
    !schedules.some(({ school }) => school.courses.ids.includes(asked.course_id ?? ""))
  )
    throw new InputError(
      "unknown-course",
      `no school here has a course ${asked.course_id}. Maybe it is written otherwise?`,
      {
        path: "course_id",
        values: { course_id: asked.course_id },
      },
    );
  const results = await context.map(reseatTask, inputs);
  const found = results.flatMap((rows, i) => rows.map((row) => ({ row, school: inputs[i].school })));
  found.sort((a, b) => before(a.row, b.row));
  const { rows, baseline } = await searched(found, asked, (list) =>
    context.map(
      searchTask,
      list.map((each) => ({
        school: each.school,
        from: places[each.school],
        row: each.row,
        candidate: each.row && candidateOf(schedules[each.school], each.row),
        iterations: asked.iterations,
        seed: asked.seed,
      })),
    ),
  );
  return {
    rows: rows.sort(before).map((row) => (asked.with_steps ? row : withoutSteps(row))),
    computed: {
      candidates: inputs.reduce((sum, { candidates }) => sum + candidates.length, 0),
      without_place: inputs.flatMap((input, i) => withoutPlace(schedules[input.school], input.candidates, results[i])),
      searched: Math.min(asked.search, found.length),
      iterations_each: asked.iterations,
      seed: asked.seed,
      baseline_gain: baseline,
    },
  };
}

type Asked = z.infer<typeof questionSchema>;
type Gains = Pick<OneMoreRow, "gain" | "gain_required" | "gain_points">;

interface Found {
  readonly row: OneMoreRow;
  readonly school: number;
}

function readQuestion(question: Question): Asked {
  const read = questionSchema.safeParse(question);
  if (read.success) return read.data;
  throw new InputError(
    "bad-question",
    `one_more: ${z.prettifyError(read.error)}. Maybe leave it out for the default?`,
    {
      path: String(read.error.issues[0].path[0] ?? "kind"),
    },
  );
}

/** −1 all courses, null none of this school's. */
function courseIn({ school }: Schedule, courseId: string | undefined): number | null {
  if (courseId === undefined) return -1;
  const course = school.courses.ids.indexOf(courseId);
  return course < 0 ? null : course;
}

function batches(candidates: readonly Candidate[]): Candidate[][] {
  return Array.from({ length: Math.ceil(candidates.length / BATCH) }, (_, i) =>
    candidates.slice(i * BATCH, (i + 1) * BATCH),
  );
}

/** The best rows searched on, beyond what the search gains without them. */
async function searched(
  found: readonly Found[],
  { search, iterations }: Asked,
  run: (list: readonly { readonly school: number; readonly row: OneMoreRow | null }[]) => Promise<Gains[]>,
): Promise<{ rows: OneMoreRow[]; baseline: number }> {
  const top = found.slice(0, search);
  const schools = [...new Set(top.map(({ school }) => school))];
  const results = await run([...schools.map((school) => ({ school, row: null })), ...top]);
  const base = new Map(schools.map((school, i) => [school, results[i]]));
  const rows = found.map(({ row }, i): OneMoreRow => {
    if (i >= top.length) return row;
    const own = results[schools.length + i];
    const alone = base.get(found[i].school) as Gains;
    const beyond = own.gain - alone.gain;
    if (beyond <= row.gain) return { ...row, method: "search", iterations };
    return {
      ...row,
      method: "search",
      iterations,
      gain: beyond,
      gain_required: own.gain_required - alone.gain_required,
      gain_points: Math.round((own.gain_points - alone.gain_points) * 10) / 10,
    };
  });
  return { rows, baseline: [...base.values()].reduce((sum, { gain }) => sum + gain, 0) };
}

function withoutPlace({ school }: Schedule, candidates: readonly Candidate[], rows: readonly OneMoreRow[]) {
  const ids = {
    section_more: school.courses.ids,
    section_fewer: school.courses.ids,
    teacher_section: school.teachers.ids,
    seat: school.sections.ids,
    moved_period: school.sections.ids,
  };
  return candidates
    .map(({ kind, of }) => ({ kind, id: ids[kind][of] }))
    .filter(({ kind, id }) => !rows.some((row) => row.kind === kind && row.id === id));
}

function candidateOf({ school }: Schedule, row: OneMoreRow): Candidate {
  const of =
    row.kind === "teacher_section" ? school.teachers.ids.indexOf(row.id) : school.courses.ids.indexOf(row.course_id);
  return { kind: row.kind, of };
}

function withoutSteps({ steps: _steps, meets: _meets, loses: _loses, ...row }: OneMoreRow): OneMoreRow {
  return row;
}
