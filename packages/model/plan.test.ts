import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { canonicalJson } from "./hash.ts";
import { type Plan, planHash, readPlan } from "./plan.ts";
import { TABLES } from "./tables/index.ts";
import { VERSION } from "./version.ts";

function plan(): Plan<"scheduling"> {
  return {
    area: "scheduling",
    trivium_version: VERSION,
    dataset_hash: "abc",
    scenario: { name: "As it stands", changes: [], settings: {} },
    seed: 1,
    iterations: 10,
    threads: 1,
    elapsed_s: 0.1,
    status: "feasible",
    metrics: { requests_met: 1 },
    bound: null,
    decisions: {
      sections: [{ section_id: "BIO-1", course_id: "BIO", pattern_id: "P1", enrolled: 1 }],
      enrollments: [{ student_id: "S1", section_id: "BIO-1", request_course_id: "BIO", kind: "required" }],
    },
    unmet: [],
    verification: null,
    provenance: { plan_hash: "" },
  };
}

test("a plan survives its file", () => {
  expect(readPlan(JSON.parse(JSON.stringify(plan())))).toEqual(plan());
});

test("a plan of no area, or with a decision that is not in the contract, is refused", () => {
  expect(() => readPlan({ ...plan(), area: "catering" })).toThrow();
  expect(() => readPlan({ ...plan(), decisions: { ...plan().decisions, runs: [] } })).toThrow();
  expect(() => readPlan({ ...plan(), decisions: { sections: [{ course_id: "BIO" }], enrollments: [] } })).toThrow();
});

test("the hash covers decisions and metrics, not the order of their keys", () => {
  const { decisions, metrics } = plan();
  expect(planHash({ enrollments: decisions.enrollments, sections: decisions.sections }, metrics)).toBe(
    planHash(decisions, metrics),
  );
  expect(planHash(decisions, { requests_met: 2 })).not.toBe(planHash(decisions, metrics));
  expect(canonicalJson({ b: [1, undefined], a: undefined })).toBe('{"b":[1,null]}');
});

test("the version is that of the package", () => {
  expect(JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version).toBe(VERSION);
});

test("every table's key is made of its own columns", () => {
  for (const table of Object.values(TABLES))
    for (const name of table.key) expect(Object.keys(table.columns)).toContain(name);
});
