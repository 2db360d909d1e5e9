import {
  type Budget,
  partOf,
  Random,
  type Solution,
  type SolveContext,
  type SolveOptions,
  type Task,
} from "@trivium/engine";
import type { Conflict } from "@trivium/model";
import { shortages } from "../analysis/shortages.ts";
import { boundOf, type Limits, mostMet, mostMetAt } from "../bound/bound.ts";
import { certainConflicts, conflictsOf, inWords } from "../infeasible/infeasible.ts";
import { listAt } from "../problem/lists.ts";
import type { SchedulingProblem, School } from "../problem/problem.ts";
import { decisionsOf } from "../report/decisions.ts";
import { measure } from "../report/metrics.ts";
import { unmetOf } from "../report/unmet.ts";
import type { Places } from "../schedule/places.ts";
import type { Span } from "./anneal.ts";
import { coolingOf, Search } from "./search.ts";

/** What one chain is asked: a school, and where to go on from (null: from nothing). */
interface ChainInput extends Span {
  readonly school: number;
  readonly from: Places | null;
  /** Proven limit on the school's requests met, for whoever watches. */
  readonly most: number;
}

interface ChainOutput {
  readonly places: Places;
  readonly iterations: number;
}

/** One chain on one school, in a thread of its own. */
export const chainTask: Task<SchedulingProblem, ChainInput, ChainOutput> = {
  name: "chain",
  run(problem, input, context) {
    const school = problem.schools[input.school];
    const search = new Search(school, context.random);
    if (input.from) search.resume(input.from);
    else search.start(context.budget);
    // Who starts from a plan wants little changed, in every round; else chains go on where the round before ended.
    const span = school.warm ? undefined : input;
    const tell = () => context.report(progressOf(search, phaseOf(problem, input.school), input.most));
    search.anneal(context.budget, coolingOf(school), tell, span);
    return { places: search.annealing.best, iterations: search.annealing.iterations };
  },
};

function progressOf(search: Search, phase: string, bound: number) {
  const { best } = search.annealing;
  return {
    phase,
    iterations: search.annealing.iterations,
    best: mainRequests(search.schedule.school) - best.unmet,
    best_label: "requests met",
    bound,
  };
}

function mainRequests({ requests }: School): number {
  let count = 0;
  for (let q = 0; q < requests.count; q++) if (requests.kind[q] < 2) count++;
  return count;
}

/**
 * Sections outside, exact matching inside: each school (or schools that share teachers) by annealing, its share of the budget by its
 * requests. With threads the schools are searched side by side, on any number of machines.
 */
export async function solve(
  problem: SchedulingProblem,
  options: SolveOptions,
  context: SolveContext<SchedulingProblem>,
): Promise<Solution<"scheduling">> {
  const { schools } = problem;
  const certain = schools.flatMap((school) => certainConflicts(school, problem.tables.course_links));
  if (certain.length > 0) return infeasible(schools, certain, 0);
  const most = await mostOf(schools, context.budget);
  const searched = context.threads > 1 ? await inThreads(problem, context, most) : oneByOne(problem, context, most);
  const results = searched.map(({ places }, index) => {
    const search = new Search(schools[index], context.random.fork(1000 + index));
    search.resume(places);
    return search.finish();
  });
  const iterations = searched.reduce((sum, each) => sum + each.iterations, 0);
  void options;
  if (results.some((places) => places.unplaced > 0)) return withoutPlan(problem, results, iterations);
  const decisions = decisionsOf(problem, results);
  const unmet = unmetOf(problem, results, iterations);
  const metrics = measure(problem, decisions, unmet);
  const bound = boundOf(Number(metrics.requests_met), await limitsOf(schools, results, most, context.budget));
  return {
    status: "feasible",
    decisions,
    unmet,
    metrics: { ...metrics, status: "feasible", draft: true },
    bound,
    iterations,
  };
}

/** Shares of the budget: what may be spent on limits before the search, and where the search ends, so that something is left for those on its plan. */
const PROVEN_BY = 0.02;
const SEARCHED_BY = 0.97;

/** What each school can have at most. */
async function mostOf(schools: readonly School[], budget: Budget): Promise<number[]> {
  const most: number[] = [];
  for (const school of schools) most.push(await mostMet(school, () => budget.spent(0) > PROVEN_BY));
  return most;
}

async function limitsOf(
  schools: readonly School[],
  results: readonly Places[],
  most: readonly number[],
  budget: Budget,
): Promise<Limits> {
  // Where iterations are counted and not time, all may be spent already, and that takes none.
  const all = budget.spent(0) >= 1 ? Number.POSITIVE_INFINITY : 1;
  let loaded = 0;
  for (const [index, school] of schools.entries())
    loaded += (await mostMetAt(school, results[index], () => budget.spent(0) >= all)) ?? most[index];
  return { whole: most.reduce((sum, each) => sum + each, 0), atTimes: loaded };
}

/** Sections named when no plan is found. */
const NAMED = 12;

/** Why there is none: infeasible where that is proven. */
function withoutPlan(
  problem: SchedulingProblem,
  results: readonly Places[],
  iterations: number,
): Solution<"scheduling"> {
  const conflicts = problem.schools.flatMap((school, index) =>
    conflictsOf(school, problem.tables.course_links, unplacedOf(school, results[index])),
  );
  if (conflicts.length > 0) return infeasible(problem.schools, conflicts, iterations);
  return { ...nothing("no_plan", iterations), reason: withoutPlace(problem.schools, results) };
}

function infeasible(
  schools: readonly School[],
  conflicts: readonly Conflict[],
  iterations: number,
): Solution<"scheduling"> {
  const reason = [...conflicts.map(inWords), ...schools.flatMap(shortages)].join("; ");
  return { ...nothing("infeasible", iterations), reason, conflicts };
}

function nothing(status: "infeasible" | "no_plan", iterations: number): Solution<"scheduling"> {
  return {
    status,
    decisions: { sections: [], enrollments: [] },
    unmet: [],
    metrics: { status },
    bound: null,
    iterations,
  };
}

function unplacedOf({ units }: School, { time }: Places): number[] {
  return Array.from({ length: units.count }, (_, unit) => unit).filter(
    (unit) => units.optional[unit] === 0 && time[unit] < 0,
  );
}

/** Which needed sections found no place, with what each could have had. */
function withoutPlace(schools: readonly School[], results: readonly Places[]): string {
  const open = schools.flatMap((school, index) => {
    const { units, sections, hasTeachers, hasRooms } = school;
    return unplacedOf(school, results[index]).map((unit) => {
      const ids = listAt(units.sections, unit).map((section) => sections.ids[section]);
      const choices = [
        `${listAt(units.times, unit).length} times`,
        ...(hasTeachers ? [`${listAt(units.teachers, unit).length} teachers`] : []),
        ...(hasRooms ? [`${listAt(units.rooms, unit).length} rooms`] : []),
      ];
      return `${ids.join(" with ")} (of ${choices.join(", ")})`;
    });
  });
  const more = open.length > NAMED ? ` and ${open.length - NAMED} more` : "";
  const cannot = schools.flatMap(shortages);
  const proof = cannot.length > 0 ? `. It cannot be: ${cannot.join("; ")}` : "";
  return `no place was found for ${open.length} section(s) that must be taught: ${open.slice(0, NAMED).join("; ")}${more}${proof}`;
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly most: number;
}

/** What a school's share of the budget goes by. */
const weightOf = (school: School): number => school.requests.count + 1;

function oneByOne(
  problem: SchedulingProblem,
  context: SolveContext<SchedulingProblem>,
  most: readonly number[],
): ChainOutput[] {
  const weights = problem.schools.map(weightOf);
  const whole = weights.reduce((a, b) => a + b, 0);
  const found: ChainOutput[] = [];
  let iterations = 0;
  let from = 0;
  for (let index = 0; index < weights.length; index++) {
    const to = index === weights.length - 1 ? SEARCHED_BY : from + (SEARCHED_BY * weights[index]) / whole;
    found.push(inOne(problem, index, context, { from, to, most: most[index] }, iterations));
    iterations += found[index].iterations;
    from = to;
  }
  return found;
}

function inOne(
  problem: SchedulingProblem,
  index: number,
  context: SolveContext<SchedulingProblem>,
  part: Part,
  before: number,
): ChainOutput {
  const school = problem.schools[index];
  const search = new Search(school, new Random(context.random.fork(index).seed));
  const budget = after(partOf(context.budget, part.from, part.to), before);
  search.start(budget);
  search.anneal(budget, coolingOf(school), () => {
    const progress = progressOf(search, phaseOf(problem, index), part.most);
    context.report({ ...progress, iterations: before + progress.iterations });
  });
  return { places: search.annealing.best, iterations: search.annealing.iterations };
}

const phaseOf = (problem: SchedulingProblem, index: number): string =>
  problem.schools.length === 1 ? "annealing" : `annealing ${problem.schools[index].schoolIds.join(", ")}`;

/** The budget as seen after so many iterations of others. */
function after(budget: Budget, before: number): Budget {
  return { spent: (iterations) => budget.spent(before + iterations) };
}

/** Shares of the part's budget at which chains meet: all go on from the best. */
const ROUNDS = [0.45, 0.75, 1];

/** Each school in as many chains as threads are left for it; where it has several, they meet. */
async function inThreads(
  problem: SchedulingProblem,
  context: SolveContext<SchedulingProblem>,
  most: readonly number[],
): Promise<ChainOutput[]> {
  const { schools } = problem;
  const chains = Math.max(1, Math.floor(context.threads / schools.length));
  // The largest first: what is begun last should be short.
  const order = schools.map((_, index) => index).sort((a, b) => weightOf(schools[b]) - weightOf(schools[a]) || a - b);
  const best: (Places | null)[] = schools.map(() => null);
  const iterations = schools.map(() => 0);
  let from = 0;
  let begin = 0;
  for (const end of chains > 1 ? ROUNDS : [1]) {
    const to = SEARCHED_BY * end;
    const inputs: ChainInput[] = order.flatMap((school) =>
      Array.from({ length: chains }, () => ({ school, from: best[school], begin, end, most: most[school] })),
    );
    const weights = inputs.map(({ school }) => weightOf(schools[school]));
    const outputs: ChainOutput[] = await context.map(chainTask, inputs, { from, to, weights });
    for (const [index, output] of outputs.entries()) {
      const { school } = inputs[index];
      iterations[school] += output.iterations;
      const known = best[school];
      if (known === null || output.places.total > known.total) best[school] = output.places;
    }
    from = to;
    begin = end;
  }
  return schools.map((_, school) => ({ places: best[school] as Places, iterations: iterations[school] }));
}
