import { wanted } from "../../wanted.ts";
import { cpSat } from "./cp-sat.ts";
import { solved } from "./ours.ts";
import { kindSchool, schoolOfMatrix } from "./schools.ts";
import { ABSENT, percent, type Rows, type Say } from "./words.ts";

/** j1 and j3, and what CP-SAT makes of j1 as one model with two threads. */
export async function* syntheticRows(say: Say): Rows {
  for (const name of ["j1", "j3"] as const) {
    if (!wanted(name)) continue;
    const what = "requests met in 20 s, one thread";
    const dataset = await kindSchool(name);
    if (!dataset) {
      yield { what, instance: name, skipped: ABSENT };
      continue;
    }
    const { metrics } = await solved({ name, dataset, timeS: 20, threads: 1 });
    const peers: string[] = [];
    for (const timeS of [60, 300]) peers.push(`${timeS} s ${await cpSat(name, dataset, timeS, say)}`);
    yield {
      what,
      instance: name,
      result: `${percent(metrics.requests_met_share)} of requests, ${percent(metrics.students_complete_share)} of students complete; CP-SAT, one model, two threads: ${peers.join(", ")}`,
      goal: name === "j1" ? "≥ 99.9 % of requests, ≥ 99.3 % of students" : "≥ 99.5 % of requests",
      met:
        name === "j1"
          ? metrics.requests_met_share >= 0.999 && metrics.students_complete_share >= 0.993
          : metrics.requests_met_share >= 0.995,
    };
  }
}

const MATRIX_GOALS = [
  { timeS: 20, share: 0.999 },
  { timeS: 60, share: 0.9995 },
];

/** Schools drawn after a real school's conflict matrix. */
export async function* matrixRows(): Rows {
  for (const students of [1900, 2400])
    for (const { timeS, share } of MATRIX_GOALS) {
      if (!wanted(`matrix ${students} ${timeS}s`)) continue;
      const what = `requests met in ${timeS} s, one thread: students drawn after a real school's conflict matrix`;
      const school = await schoolOfMatrix(students);
      if (!school) {
        yield { what, instance: `${students} students`, skipped: ABSENT };
        continue;
      }
      const { metrics } = await solved({ name: `matrix-${students}`, dataset: school.dataset, timeS, threads: 1 });
      yield {
        what,
        instance: `${students} students`,
        result: `${percent(metrics.requests_met_share)} of requests, ${percent(metrics.students_complete_share)} of students complete (${school.about})`,
        goal: `≥ ${100 * share} %`,
        met: metrics.requests_met_share >= share,
      };
    }
}
