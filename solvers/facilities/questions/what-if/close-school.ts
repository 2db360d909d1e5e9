import type { Change } from "@trivium/model";
import { schoolOf } from "../../plan/state.ts";
import type { FacilitiesProblem } from "../../problem.ts";
import { oneIn, repriced, type WhatIf } from "./condition.ts";

/** `{ change: "close_school", school_id }`: the school closes now; its equipment needs and costs nothing more. */
export const closeSchool: WhatIf = (problem, question) => {
  const { register, forecast, rules, calendar } = problem;
  const school = oneIn(question, "school_id", register.schoolIds);
  const gone = Uint8Array.from(forecast.live, (_, a) => +(schoolOf(problem, a) === school));
  const without = (values: Float64Array) =>
    values.map((each, at) => (gone[Math.floor(at / forecast.stretches)] === 1 ? 0 : each));
  const changed = repriced({
    ...problem,
    register: {
      ...register,
      energyUsd: register.energyUsd.map((usd, asset) => (register.school[asset] === school ? 0 : usd)),
    },
    forecast: {
      ...forecast,
      pKept: without(forecast.pKept),
      pNew: without(forecast.pNew),
      repairKept: without(forecast.repairKept),
      repairNew: without(forecast.repairNew),
    },
    replacementUsd: problem.replacementUsd.map((usd, a) => (gone[a] === 1 ? 0 : usd)),
    rules: { ...rules, mustDoBy: rules.mustDoBy.map((by, a) => (gone[a] === 1 ? 0 : by)) },
  });
  return { what: `${register.schoolIds[school]} closes`, changes: closing(problem, gone, calendar.asOfDay), changed };
};

function closing({ register, forecast }: FacilitiesProblem, gone: Uint8Array, day: number): Change[] {
  const removed_date = new Date(day * 86_400_000).toISOString().slice(0, 10);
  return Array.from(forecast.live).flatMap((asset, a): Change[] =>
    gone[a] === 0
      ? []
      : [
          {
            op: "set",
            table: "assets",
            where: { asset_id: register.assetIds[asset] },
            values: { removed_date, removed_reason: "closed" },
          },
        ],
  );
}
