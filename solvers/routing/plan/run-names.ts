import { type RunItems, schoolsOf, visitsOf } from "../halfday/run-items.ts";
import type { Direction, RoutingProblem } from "../problem.ts";
import type { BusDay } from "./bus-days.ts";
import { claimsOf, settleClaims } from "./names.ts";

/** Ids of runs: direction, schools and a number in the order of buses; a run that goes on from the service before keeps its id. */
export class RunNames {
  readonly #problem: RoutingProblem;
  readonly #kept = new Map<RunItems, string>();
  readonly #taken = new Set<string>();
  readonly #numbers = new Map<string, number>();

  constructor(problem: RoutingProblem, days: readonly BusDay[]) {
    this.#problem = problem;
    for (const row of problem.baseline?.rows ?? []) this.#taken.add(row.run_id);
    const runs = days.flatMap(({ pieces }) =>
      pieces.flatMap((piece) => piece.runs.map((run) => ({ run, direction: piece.direction }))),
    );
    const claims = runs.map(({ run, direction }) =>
      claimsOf(problem, direction, visitsOf(run), (before) => before.runId),
    );
    settleClaims(claims, () => true).forEach((id, index) => {
      if (id !== undefined) this.#kept.set(runs[index].run, id);
    });
  }

  of(direction: Direction, run: RunItems): string {
    return this.#kept.get(run) ?? this.#next(`${direction}-${this.#schoolsOf(direction, run)}`);
  }

  #next(label: string): string {
    for (;;) {
      const number = (this.#numbers.get(label) ?? 0) + 1;
      this.#numbers.set(label, number);
      if (!this.#taken.has(`${label}-${number}`)) return `${label}-${number}`;
    }
  }

  /** In order of call: PM runs backwards. */
  #schoolsOf(direction: Direction, run: RunItems): string {
    const { schools, visits } = this.#problem;
    const ids = schoolsOf(run, (visit) => visits[direction][visit].school).map((school) => schools[school].id);
    return (direction === "AM" ? ids : ids.reverse()).join("+");
  }
}
