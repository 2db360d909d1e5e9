import { type Answer, type Question, Random } from "@trivium/engine";
import { InputError, type OnTimeAnswer, type Plan, type RunOnTime } from "@trivium/model";
import { z } from "zod";
import type { RoutingProblem } from "../problem.ts";
import { dayLog, dueS, type LoggedPiece, type LoggedRun } from "./day-log.ts";

const SD_MAX = 1;
const sd = (value: number) => z.number().min(0).max(SD_MAX).default(value);
const questionSchema = z.strictObject({
  kind: z.literal("on_time"),
  samples: z.number().int().min(1).max(10_000).default(500),
  seed: z.number().int().min(0).default(1),
  drive_sd: sd(0.15).describe("of one leg, as a share of its planned time"),
  day_sd: sd(0.08).describe("of all legs of a half day together: weather, traffic"),
  dwell_sd: sd(0.3).describe("of one stop"),
});
type Asked = z.infer<typeof questionSchema>;

/** Late more often than one day in twenty is worth a planner's eye. */
const RELIABLE = 0.95;
const BUFFER_S = 300;

/**
 * The plan's day driven again and again with noise: each leg and stop is its planned time times a log-normal factor of mean 1, all legs of a half day
 * another one together. A bus leaves no stop before its time, and what it is late it carries on through its links; waiting in the plan takes it up.
 */
export function onTime(problem: RoutingProblem, plan: Plan<"routing">, question: Question): Answer {
  const parsed = questionSchema.safeParse(question);
  if (!parsed.success) throw new InputError("bad-question", `on_time: ${z.prettifyError(parsed.error)}`);
  const asked = parsed.data;
  const pieces = dayLog(problem, plan.decisions);
  const runs = pieces.flatMap((piece) => piece.runs.map((run, index) => ({ piece, run, index })));
  const late = new Map(runs.map(({ run }) => [run.id, new Float64Array(asked.samples)]));
  for (let sample = 0; sample < asked.samples; sample++) driveDay(pieces, asked, sample, late);

  const chance = (run: LoggedRun, beforeS = 0) => shareWithin(late.get(run.id), beforeS);
  const rows = runs.map(({ run, index }): RunOnTime => {
    const sorted = (late.get(run.id) ?? new Float64Array()).toSorted();
    const p95 = sorted[Math.ceil(RELIABLE * sorted.length) - 1] ?? 0;
    return {
      run_id: run.id,
      bus_id: run.busId,
      direction: run.direction,
      school_ids: run.schoolIds,
      riders: run.riders,
      nth: index + 1,
      on_time_chance: chance(run),
      late_min_mean: tenths(sorted.reduce((sum, each) => sum + Math.max(0, each), 0) / Math.max(1, sorted.length)),
      late_min_p95: tenths(Math.max(0, p95)),
      earlier_min: Math.max(0, Math.ceil(p95 / 60)),
    };
  });
  const grouped = <K extends object>(keyOf: (row: RunOnTime) => readonly K[]) =>
    [
      ...Map.groupBy(
        rows.flatMap((row) => keyOf(row).map((key) => ({ key, row, name: JSON.stringify([row.direction, key]) }))),
        (each) => each.name,
      ).values(),
    ].map((list) => {
      const riders = list.reduce((sum, { row }) => sum + row.riders, 0);
      const weighed = list.reduce((sum, { row }) => sum + row.riders * row.on_time_chance, 0);
      const on_time_chance = riders === 0 ? 1 : thousandths(weighed / riders);
      return { direction: list[0].row.direction, ...list[0].key, riders, on_time_chance };
    });
  const bells = new Map(problem.schools.map((school) => [school.id, school]));
  const bellOf = (row: RunOnTime) => {
    const school = bells.get(row.school_ids[0]);
    return school ? [{ bell: row.direction === "AM" ? school.bellStartS : school.bellEndS }] : [];
  };
  const answer: OnTimeAnswer = {
    samples: asked.samples,
    seed: asked.seed,
    drive_sd: asked.drive_sd,
    day_sd: asked.day_sd,
    dwell_sd: asked.dwell_sd,
    by_direction: grouped(() => [{}]),
    by_tier: grouped(bellOf).toSorted((a, b) => a.bell - b.bell),
    by_school: grouped((row) => row.school_ids.map((school_id) => ({ school_id }))).toSorted(
      (a, b) => a.on_time_chance - b.on_time_chance || (a.school_id < b.school_id ? -1 : 1),
    ),
    by_run: rows.toSorted((a, b) => a.on_time_chance - b.on_time_chance || (a.run_id < b.run_id ? -1 : 1)),
    buffers: runs
      .filter(({ run, index }) => index > 0 && chance(run) < RELIABLE)
      .map(({ piece, run, index }) => ({
        bus_id: run.busId,
        after_run: piece.runs[index - 1].id,
        before_run: run.id,
        slack_min: tenths(slackS(piece, index)),
        on_time_chance: chance(run),
        chance_with_5_min_more: chance(run, BUFFER_S),
      }))
      .toSorted((a, b) => b.chance_with_5_min_more - b.on_time_chance - (a.chance_with_5_min_more - a.on_time_chance)),
  };
  return { kind: "on_time", ...answer };
}

/** Seconds late (negative: early) of every run on one day, into `late`. */
function driveDay(pieces: readonly LoggedPiece[], asked: Asked, sample: number, late: Map<string, Float64Array>): void {
  const day = new Random(asked.seed).fork(sample);
  const whole = { AM: noise(day, asked.day_sd), PM: noise(day, asked.day_sd) };
  pieces.forEach((piece, index) => {
    const random = day.fork(index);
    const drive = (seconds: number) => seconds * whole[piece.direction] * noise(random, asked.drive_sd);
    const [first] = piece.runs;
    let now = first.stays[0].arriveS - first.deadheadS;
    for (const run of piece.runs) {
      now += drive(run.deadheadS);
      let behind = -Infinity;
      run.stays.forEach((stay, row) => {
        if (row > 0) now += drive(stay.legS);
        const done = (begin: number) => begin + stay.workS * noise(random, asked.dwell_sd);
        if (stay.school === null) now = Math.max(done(now), stay.departS);
        else if (run.direction === "AM") {
          now = Math.max(done(now), stay.school.amEndMinS);
          behind = Math.max(behind, now - dueS("AM", stay.school));
        } else {
          now = Math.max(done(Math.max(now, stay.school.bellEndS)), stay.departS);
          behind = Math.max(behind, now - dueS("PM", stay.school));
        }
      });
      const of = late.get(run.id);
      if (of) of[sample] = behind;
    }
  });
}

/** Waiting that the plan leaves before a run, buffer included. */
function slackS(piece: LoggedPiece, index: number): number {
  const before = piece.runs[index - 1].stays;
  const run = piece.runs[index];
  return run.stays[0].arriveS - before[before.length - 1].departS - run.deadheadS;
}

/** Log-normal factor of mean 1. */
function noise(random: Random, deviation: number): number {
  if (deviation === 0) return 1;
  const sigma2 = Math.log1p(deviation * deviation);
  return Math.exp(Math.sqrt(sigma2) * normal(random) - sigma2 / 2);
}

/** Box and Muller (1958). */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());

function shareWithin(late: Float64Array | undefined, allowedS: number): number {
  if (!late || late.length === 0) return 1;
  return thousandths(late.reduce((sum, each) => sum + (each <= allowedS ? 1 : 0), 0) / late.length);
}

const tenths = (seconds: number): number => Math.round(seconds / 6) / 10;
const thousandths = (value: number): number => Math.round(value * 1000) / 1000;
