import type { Answer, Question } from "@trivium/engine";
import { type AbsentBusesAnswer, InputError, type Plan } from "@trivium/model";
import { z } from "zod";
import { kindByBus, staysByRun } from "../plan/rows.ts";
import type { BusKind, Direction, RoutingProblem } from "../problem.ts";
import { dayLog, dueS, type LoggedRun } from "./day-log.ts";

const questionSchema = z
  .strictObject({
    kind: z.literal("absent_buses"),
    bus_ids: z.array(z.string()).min(1).optional().describe("which buses, or whose drivers, are missing"),
    count: z.number().int().min(1).optional().describe("how many, where the dispatcher may choose which"),
    use_spares: z.boolean().default(true).describe("false: drivers are missing, so idle buses do not help"),
    late_max_min: z.number().min(0).default(60).describe("later than this, a run counts as not driven"),
  })
  .refine((asked) => (asked.bus_ids === undefined) !== (asked.count === undefined), "give bus_ids or count, not both");

/** Extra driving decides between runs that make nobody late: student-minutes that a minute of driving weighs. */
const DRIVE_WEIGHT = 0.01;

/** A run as today's dispatcher sees it: no waiting inside, and when it is driven. */
interface Task {
  readonly run: LoggedRun;
  readonly first: number;
  readonly last: number;
  readonly benches: number;
  /** First arrival to last departure without waiting. */
  readonly ticksS: number;
  /** From begin to being done at school (AM unloaded, PM away), and when that is due. */
  readonly toSchoolS: number;
  readonly dueS: number;
  readonly earliestS: number;
  readonly publishedS: number;
  readonly publishedEndS: number;
}

/** A bus's half day in order: its own published runs, and what it drives besides. */
interface Shift {
  readonly busId: string;
  readonly kind: BusKind;
  readonly direction: Direction;
  readonly own: ReadonlySet<Task>;
  readonly tasks: readonly Task[];
}

interface Doubling {
  readonly shift: number;
  readonly at: number;
  readonly cost: number;
}

/**
 * Who drives the runs of buses that are missing today: idle buses, or others that double, before, between or after their own runs. Every other run stays
 * as published but for what doubling delays. Runs are given out by regret: first the one whose second-best bus would cost most more.
 * Cost: student-minutes late for the bell (PM: behind the latest departure), then extra driving.
 */
export function absentBuses(problem: RoutingProblem, plan: Plan<"routing">, question: Question): Answer {
  const parsed = questionSchema.safeParse(question);
  if (!parsed.success) throw new InputError("bad-question", `absent_buses: ${z.prettifyError(parsed.error)}`);
  const { bus_ids, count, use_spares, late_max_min } = parsed.data;
  const dispatcher = new Dispatcher(problem, plan, use_spares, late_max_min * 60);
  const used = [...new Set(plan.decisions.routes.map((row) => row.bus_id))].sort();
  const unknown = (bus_ids ?? []).filter((id) => !used.includes(id));
  if (unknown.length > 0)
    throw new InputError("bad-question", `absent_buses: the plan does not use ${unknown.join(", ")}`, {
      path: "bus_ids",
      values: { unknown },
    });
  if (count !== undefined && count > used.length)
    throw new InputError("bad-question", `absent_buses: the plan uses ${used.length} buses, not ${count}`, {
      path: "count",
      values: { count, used: used.length },
    });
  let missing = bus_ids ?? [];
  for (let k = 0; k < (count ?? 0); k++) {
    const tries = used
      .filter((id) => !missing.includes(id))
      .map((id) => ({ id, harm: dispatcher.cover([...missing, id]).harm }));
    missing = [...missing, tries.reduce((best, each) => (each.harm < best.harm ? each : best)).id];
  }
  const { answer } = dispatcher.cover(missing);
  return { kind: "absent_buses", bus_ids: missing, chosen: bus_ids ? "asked" : "least harm", ...answer };
}

const NOTHING: ReadonlySet<Task> = new Set();

/** A rider who gets no bus at all weighs as much as this many minutes late. */
const NO_BUS_MIN = 240;

class Dispatcher {
  readonly #problem: RoutingProblem;
  readonly #lateMaxS: number;
  readonly #shifts: readonly Shift[];
  readonly #spares: readonly Shift[];
  readonly #metres: ReadonlyMap<string, number>;

  constructor(problem: RoutingProblem, plan: Plan<"routing">, useSpares: boolean, lateMaxS: number) {
    this.#problem = problem;
    this.#lateMaxS = lateMaxS;
    const kindOf = kindByBus(problem);
    const places = new Map(problem.places.map((place, index) => [place.id, index]));
    const rows = staysByRun(plan.decisions);
    const benchesOf = new Map(problem.rides.map((ride) => [`${ride.studentId} ${ride.direction}`, ride.benches]));
    const aboard = Map.groupBy(plan.decisions.assignments, (row) => row.run_id);
    const taskOf = (run: LoggedRun): Task[] => {
      const stops = (rows.get(run.id) ?? []).map((row) => places.get(row.stop_id));
      const [first, last] = [stops[0], stops[stops.length - 1]];
      if (first === undefined || last === undefined) return [];
      const riders = aboard.get(run.id) ?? [];
      const benches = riders.reduce((sum, row) => sum + (benchesOf.get(`${row.student_id} ${row.direction}`) ?? 0), 0);
      return [{ run, first, last, benches, ...paceOf(run) }];
    };
    this.#shifts = dayLog(problem, plan.decisions).flatMap(({ busId, direction, runs }) => {
      const kind = kindOf.get(busId);
      const tasks = runs.flatMap(taskOf);
      return kind ? [{ busId, kind, direction, own: new Set(tasks), tasks }] : [];
    });
    const busy = new Set(plan.decisions.routes.map((row) => row.bus_id));
    const idle = useSpares ? [...kindOf].filter(([busId]) => !busy.has(busId)) : [];
    this.#spares = (["AM", "PM"] as const).flatMap((direction) => [
      ...idle.map(([busId, kind]) => ({ busId, kind, direction, own: NOTHING, tasks: [] })),
      // A bus that works the other half only is free in this one.
      ...[...busy].flatMap((busId) => {
        const kind = kindOf.get(busId);
        const works = this.#shifts.some((shift) => shift.busId === busId && shift.direction === direction);
        return kind && !works ? [{ busId, kind, direction, own: NOTHING, tasks: [] }] : [];
      }),
    ]);
    const metres = new Map<string, number>();
    const add = (busId: string | undefined, m: number | undefined) =>
      busId && metres.set(busId, (metres.get(busId) ?? 0) + (m ?? 0));
    for (const run of plan.decisions.runs) add(run.bus_id, run.distance_m);
    for (const row of plan.decisions.routes) add(row.bus_id, row.deadhead_m);
    this.#metres = metres;
  }

  cover(missing: readonly string[]): {
    readonly harm: number;
    readonly answer: Omit<AbsentBusesAnswer, "bus_ids" | "chosen">;
  } {
    const gone = new Set(missing);
    const shifts = [...this.#shifts, ...this.#spares].filter((shift) => !gone.has(shift.busId));
    const waiting = this.#shifts.filter((shift) => gone.has(shift.busId)).flatMap((shift) => shift.tasks);
    const left = new Set(waiting);
    const taken = new Set<Task>();
    while (left.size > 0) {
      let next: { task: Task; doubling: Doubling; regret: number } | null = null;
      for (const task of left) {
        const [best, second] = this.#bestTwo(shifts, task);
        if (!best) continue;
        const regret = (second?.cost ?? 1e9) - best.cost;
        if (!next || regret > next.regret) next = { task, doubling: best, regret };
      }
      if (!next) break;
      const { task, doubling } = next;
      left.delete(task);
      taken.add(task);
      const shift = shifts[doubling.shift];
      shifts[doubling.shift] = { ...shift, tasks: shift.tasks.toSpliced(doubling.at, 0, task) };
    }
    return this.#tell(shifts, taken, [...left]);
  }

  #bestTwo(shifts: readonly Shift[], task: Task): (Doubling | undefined)[] {
    const found: Doubling[] = [];
    shifts.forEach((shift, index) => {
      const { kind } = shift;
      if (shift.direction !== task.run.direction || kind.benches < task.benches) return;
      if (kind.wheelchairs < task.run.wheelchairs) return;
      const before = this.#harm(shift, shift.tasks);
      let best: Doubling | null = null;
      for (let at = 0; at <= shift.tasks.length; at++) {
        const tasks = shift.tasks.toSpliced(at, 0, task);
        const harm = this.#harm(shift, tasks);
        if (harm === null || before === null) continue;
        const cost = harm - before;
        if (!best || cost < best.cost) best = { shift: index, at, cost };
      }
      if (best) found.push(best);
    });
    found.sort((a, b) => a.cost - b.cost || a.shift - b.shift);
    return [found[0], found[1]];
  }

  /** When each run of a shift begins; null where hours, range or the latest lateness do not allow it. */
  #begins(shift: Shift, tasks: readonly Task[]): number[] | null {
    const { kind } = shift;
    const begins: number[] = [];
    let at = kind.depot;
    let free = kind.fromS;
    for (const [index, task] of tasks.entries()) {
      const buffer = index > 0 ? this.#problem.settings.linkBufferS : 0;
      const there = free + this.#drive(shift.direction, at, task.first) + buffer;
      const published = shift.own.has(task) ? task.publishedS : -Infinity;
      const begin = Math.max(there, task.earliestS, published);
      if (!Number.isFinite(begin) && begin > 0) return null;
      if (begin + task.toSchoolS - task.dueS > this.#lateMaxS) return null;
      begins.push(begin);
      // Waiting that the published run leaves takes up what it begins late.
      free = Math.max(begin + task.ticksS, shift.own.has(task) ? task.publishedEndS : -Infinity);
      at = task.last;
    }
    if (free + this.#drive(shift.direction, at, kind.depot) > kind.toS) return null;
    return this.#inRange(shift, tasks) ? begins : null;
  }

  #inRange(shift: Shift, tasks: readonly Task[]): boolean {
    if (shift.kind.rangeM === Infinity) return true;
    const added = tasks.filter((task) => !shift.own.has(task));
    const extra = added.reduce((sum, task) => sum + this.#detourM(shift, tasks, task), 0);
    return (this.#metres.get(shift.busId) ?? 0) + extra <= shift.kind.rangeM;
  }

  /** At most what a run besides adds: the way there from where the bus is, the run, and the way on. */
  #detourM(shift: Shift, tasks: readonly Task[], task: Task): number {
    const { drives, places } = this.#problem;
    const far = (from: number, to: number) =>
      Math.max(...drives.distanceM.map((metres) => metres[from * places.length + to]));
    const index = tasks.indexOf(task);
    const from = tasks[index - 1]?.last ?? shift.kind.depot;
    const to = tasks[index + 1]?.first ?? shift.kind.depot;
    return far(from, task.first) + (task.ticksS / 3600) * TOWN_M_PER_HOUR + far(task.last, to);
  }

  #harm(shift: Shift, tasks: readonly Task[]): number | null {
    const begins = this.#begins(shift, tasks);
    if (!begins) return null;
    let harm = 0;
    let at = shift.kind.depot;
    for (const [index, task] of tasks.entries()) {
      harm += task.run.riders * lateMin(task, begins[index]);
      harm += (DRIVE_WEIGHT * this.#drive(shift.direction, at, task.first)) / 60;
      at = task.last;
    }
    return harm + (DRIVE_WEIGHT * this.#drive(shift.direction, at, shift.kind.depot)) / 60;
  }

  #drive(direction: Direction, from: number, to: number): number {
    const seconds = this.#problem.drives.slowestS[direction][from * this.#problem.places.length + to];
    return seconds < 0 ? Infinity : seconds;
  }

  #tell(shifts: readonly Shift[], taken: ReadonlySet<Task>, left: readonly Task[]) {
    const covered: AbsentBusesAnswer["covered"][number][] = [];
    const delayed: AbsentBusesAnswer["delayed"][number][] = [];
    let minutes = 0;
    for (const shift of shifts) {
      if (!shift.tasks.some((task) => taken.has(task))) continue;
      const begins = this.#begins(shift, shift.tasks) ?? [];
      shift.tasks.forEach((task, index) => {
        const late = lateMin(task, begins[index]);
        const { id, riders } = task.run;
        minutes += riders * late;
        if (taken.has(task)) {
          const after_run = shift.tasks[index - 1]?.run.id ?? null;
          covered.push({
            run_id: id,
            bus_id: shift.busId,
            after_run,
            riders,
            begins: Math.ceil(begins[index]),
            late_min: tenths(late),
          });
        } else if (late > 0) delayed.push({ run_id: id, bus_id: shift.busId, late_min: tenths(late), riders });
      });
    }
    const without = left.reduce((sum, task) => sum + task.run.riders, 0);
    const answer = {
      covered: covered.toSorted((a, b) => (a.run_id < b.run_id ? -1 : 1)),
      uncovered: left.map((task) => ({ run_id: task.run.id, riders: task.run.riders, reason: this.#reason(task) })),
      delayed: delayed.toSorted((a, b) => b.late_min * b.riders - a.late_min * a.riders),
      student_minutes_late: Math.round(minutes),
      riders_without_bus: without,
    };
    return { harm: minutes + NO_BUS_MIN * without, answer };
  }

  #reason(task: Task): string {
    const { kinds } = this.#problem;
    const suits = kinds.some((kind) => kind.benches >= task.benches && kind.wheelchairs >= task.run.wheelchairs);
    return suits
      ? `no bus that can carry it is free within ${Math.round(this.#lateMaxS / 60)} minutes of the bell`
      : "no bus has its seats and wheelchair positions";
  }
}

/** What a bus covers in an hour at the speed of a town, for ranges. */
const TOWN_M_PER_HOUR = 50_000;

function paceOf(
  run: LoggedRun,
): Pick<Task, "ticksS" | "toSchoolS" | "dueS" | "earliestS" | "publishedS" | "publishedEndS"> {
  const isAm = run.direction === "AM";
  let ticksS = 0;
  let toSchoolS = 0;
  let due = Infinity;
  let earliestS = -Infinity;
  run.stays.forEach((stay, index) => {
    ticksS += (index > 0 ? stay.legS : 0) + stay.workS;
    if (!stay.school) return;
    // The school whose bell comes soonest after the bus is there binds the run.
    const bindsAt = dueS(run.direction, stay.school);
    if (bindsAt - ticksS < due - toSchoolS) {
      due = bindsAt;
      toSchoolS = ticksS;
    }
    const opens = isAm ? stay.school.amEndMinS : stay.school.bellEndS + stay.workS;
    earliestS = Math.max(earliestS, opens - ticksS);
  });
  return {
    ticksS,
    toSchoolS,
    dueS: due,
    earliestS,
    publishedS: run.stays[0].arriveS,
    publishedEndS: run.stays[run.stays.length - 1].departS,
  };
}

const lateMin = (task: Task, beginS: number): number => Math.max(0, beginS + task.toSchoolS - task.dueS) / 60;
const tenths = (minutes: number): number => Math.round(minutes * 10) / 10;
