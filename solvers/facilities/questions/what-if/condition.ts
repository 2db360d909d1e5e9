import type { Question } from "@trivium/engine";
import type { Change } from "@trivium/model";
import { InputError } from "@trivium/model";
import { priceProjects } from "../../plan/price-projects.ts";
import type { FacilitiesProblem } from "../../problem.ts";

/** A changed district: in words, as a scenario's changes, and as a problem. */
interface Condition {
  readonly what: string;
  readonly changes: readonly Change[];
  readonly changed: FacilitiesProblem;
}

/** Reads what it needs from the question. @throws InputError where that is not there */
export type WhatIf = (problem: FacilitiesProblem, question: Question) => Condition;

/** The problem with other forecasts, costs or prices: what every replacement saves is counted anew. */
export function repriced(problem: FacilitiesProblem): FacilitiesProblem {
  const changed = {
    ...problem,
    costUsd: problem.replacementUsd.slice(),
    renews: new Uint8Array(problem.renews.length),
    savingUsd: new Float64Array(problem.savingUsd.length),
    ifNothingUsd: new Float64Array(problem.ifNothingUsd.length),
  };
  priceProjects(changed);
  return changed;
}

/** One of a list by the name that the question gives. @throws InputError */
export function oneIn(question: Question, name: string, known: readonly string[]): number {
  const at = known.indexOf(String(question[name]));
  if (at >= 0) return at;
  throw new InputError(
    `unknown-${name.replaceAll("_", "-")}`,
    `${name} is ${String(question[name])}: must be one of ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", …" : ""}`,
    { path: name, values: { [name]: question[name] } },
  );
}
