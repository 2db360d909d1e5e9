import { createContext } from "@trivium/engine";
import type { Dataset, Explanation, Mend, Plan } from "@trivium/model";
import { verifyPlan, verifySteps } from "@trivium/verify";
import { expect, test } from "vitest";
import { engine } from "../index.ts";
import { planOf } from "../testing/plan-of.ts";
import { unkindSchool } from "../testing/unkind-school.ts";

/** What is claimed of why a request is unmet and how it could be met: that many claims, over schools of all rules and of none. */
const CLAIMS = 1_000;

interface Explained {
  readonly dataset: Dataset;
  readonly plan: Plan<"scheduling">;
  readonly explanations: readonly Explanation[];
}

/** A school solved so shortly that much is unmet, and every unmet request explained. */
async function explained(seed: number): Promise<Explained> {
  const dataset = unkindSchool({ seed, students: 110, rules: seed % 3 !== 0 });
  const problem = await engine.build(dataset, {}, {});
  const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 128 }, seed }));
  const plan = planOf(dataset, solution);
  const explanations = plan.unmet.map((row) =>
    engine.explain(problem, plan, { kind: "request", id: `${row.student_id}:${row.course_id}` }),
  );
  return { dataset, plan, explanations };
}

const mendsOf = ({ explanations }: Explained): Mend[] =>
  explanations.flatMap(({ mends }) => mends.flatMap(({ mend }) => mend ?? []));

test("a thousand reasons and mends of unmet requests are replayed by the verifier, and none is false", async () => {
  const wrong: string[] = [];
  let reasons = 0;
  let mends = 0;
  const kinds = new Set<string>();
  for (let seed = 1; reasons + mends < CLAIMS && seed < 60; seed++) {
    const school = await explained(seed);
    const verification = await verifyPlan(school.dataset, school.plan);
    reasons += school.plan.unmet.filter((row) => row.reason_code !== "not_proven").length;
    wrong.push(...verification.violations.map(({ message }) => `seed ${seed}: ${message}`));
    for (const mend of mendsOf(school)) {
      mends++;
      kinds.add(mend.kind);
      const { ok, violations } = verifySteps(school.dataset, school.plan, mend);
      if (!ok) wrong.push(`seed ${seed}, ${mend.kind}: ${violations.map(({ message }) => message).join("; ")}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(reasons + mends).toBeGreaterThanOrEqual(CLAIMS);
  expect([...kinds]).toEqual(expect.arrayContaining(["swap", "seat", "move_section", "drop"]));
}, 240_000);

test("a mend that hides what it costs, or takes a seat that is not there, is refused", async () => {
  const school = await explained(2);
  const mends = mendsOf(school);
  const costly = mends.find(({ loses }) => loses.length > 0) as Mend;
  const hidden = verifySteps(school.dataset, school.plan, { ...costly, loses: [] });
  expect(hidden.violations.map(({ rule }) => rule)).toContain("steps.loses");
  const grown = mends.find(({ kind }) => kind === "seat") as Mend;
  const steps = grown.steps.filter(({ step }) => step !== "seats");
  const crowded = verifySteps(school.dataset, school.plan, { ...grown, steps });
  expect(crowded.ok).toBe(false);
});

test("mends stand from the cheapest to the dearest, one of a kind, and each meets what is asked about", async () => {
  for (const { subject, mends } of (await explained(4)).explanations) {
    const costs = mends.flatMap(({ mend }) => mend?.cost ?? []);
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    expect(new Set(mends.map(({ mend }) => mend?.kind)).size).toBe(mends.length);
    for (const { mend } of mends)
      if (mend) expect(mend.meets.map((row) => `${row.student_id}:${row.course_id}`)).toContain(subject);
  }
});
