import { Random } from "@trivium/engine";
import { type RelaxedProblem, relaxedPart } from "./lagrangian.ts";

/** Assets × years of a sample: few enough for a thousand price steps in a second or two. */
const SAMPLE_WORK = 40_000;
/** Below this a sample saves nothing. */
const LARGE = 4 * SAMPLE_WORK;

/**
 * A smaller district with nearly the same prices: some of the schools, with their part of each fund's money. Prices found here, at a tenth of the time,
 * are where the search on the whole district starts.
 *
 * @returns null where the whole is small enough
 */
export function sampleOf(relaxed: RelaxedProblem): RelaxedProblem | null {
  const { problem, bySchool, classes } = relaxed;
  const years = problem.calendar.years.length;
  const work = bySchool.reduce((sum, each) => sum + each.length, 0) * years;
  if (work < LARGE) return null;
  const order = new Random(1).shuffle(Int32Array.from(bySchool.keys()));
  const chosen = new Uint8Array(bySchool.length);
  let taken = 0;
  for (const school of order) {
    if (taken >= SAMPLE_WORK) break;
    chosen[school] = 1;
    taken += bySchool[school].length * years;
  }
  const all = new Float64Array(problem.funds.ids.length);
  const part = new Float64Array(all.length);
  bySchool.forEach((assets, school) => {
    for (const a of assets)
      for (const fund of classes.funds[classes.of[a]]) {
        all[fund] += problem.costUsd[a];
        part[fund] += chosen[school] * problem.costUsd[a];
      }
  });
  const share = (at: number) => {
    const fund = Math.floor(at / years);
    return all[fund] > 0 ? part[fund] / all[fund] : 0;
  };
  const scaled = (values: Float64Array) => values.map((each, at) => each * share(at));
  const { funds, rules } = problem;
  return relaxedPart(
    {
      ...problem,
      funds: { ...funds, amountUsd: scaled(funds.amountUsd), carryMaxUsd: scaled(funds.carryMaxUsd) },
      rules: { ...rules, projectsMax: (rules.projectsMax * taken) / work },
    },
    relaxed,
    chosen,
  );
}
