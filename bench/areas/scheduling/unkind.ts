import { wanted } from "../../wanted.ts";
import { type Found, solved } from "./ours.ts";
import { type Floor, unkind } from "./schools.ts";
import { percent, type Rows } from "./words.ts";

const SIZES = [
  { students: 600, timeS: 60 },
  { students: 1500, timeS: 120 },
  { students: 2200, timeS: 180 },
  { students: 4500, timeS: 360 },
];

async function one(students: number, timeS: number): Promise<{ found: Found; floor: Floor }> {
  const { dataset, floor } = await unkind(students);
  const found = await solved({ name: `unkind-${students}`, dataset, timeS, threads: 2, reach: floor.met });
  return { found, floor };
}

/** Schools around a hidden legal plan: its share of requests can be had, ours is measured against it. */
export async function* unkindRows(): Rows {
  for (const { students, timeS } of SIZES) {
    if (!wanted(`unkind ${students}`)) continue;
    const { found, floor } = await one(students, timeS);
    const { metrics, gap } = found;
    yield {
      what: "unkind school from nothing, two threads, verified legal, against the plan hidden in it",
      instance: `${students} students, ${timeS} s`,
      result: `${percent(metrics.requests_met_share)} of requests (hidden plan ${percent(floor.met / floor.requests)}), ${percent(metrics.required_met_share)} of required ones (${percent(floor.requiredMet / floor.required)}), ${percent(metrics.students_complete_share)} of students complete; gap to the proven bound ${percent(gap)}`,
      goal: "both shares at or above the hidden plan's, gap ≤ 1 point",
      met:
        found.status === "feasible" &&
        metrics.requests_met >= floor.met &&
        metrics.required_met >= floor.requiredMet &&
        (gap ?? 1) <= 0.01,
    };
  }
}

/** The same runs once more: how time and memory grow with students at equal quality. */
export async function* growthRows(): Rows {
  if (!wanted("growth")) return;
  const parts: string[] = [];
  let reached = true;
  for (const { students, timeS } of SIZES) {
    const { found, floor } = await one(students, timeS);
    const time = found.reachedS === null ? `not in ${timeS} s` : `${found.reachedS.toFixed(0)} s`;
    reached &&= found.reachedS !== null;
    parts.push(`${students} students (${floor.requests} requests): ${time}, ${found.memoryMb} MB`);
  }
  yield {
    what: "growth: time until the hidden plan's number of requests is met, memory of the whole process at most, two threads",
    instance: SIZES.map(({ students }) => students).join(", "),
    result: parts.join("; "),
    goal: "reached at every size",
    met: reached,
  };
}
