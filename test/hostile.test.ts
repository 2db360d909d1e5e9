import { afterAll, beforeAll, expect, test } from "vitest";
import { HARMFUL } from "../bench/areas/platform/harmful.ts";
import { startTrial, type Trial, zipOf } from "../packages/api/trial/trial.ts";
import { hammer } from "./faults/hammer.ts";
import { malformedCall, mutatedDistrict, seeded } from "./faults/hostile-input.ts";
import { jsonPaths } from "./faults/json-paths.ts";

/** The short form of test/faults/hostile.faults.ts: the same input, fewer of it, in this process. */
let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

test("whatever is wrong with a body, no call breaks", async () => {
  const random = seeded(7);
  const paths = jsonPaths(await (await trial.get("/openapi.json")).json());
  expect(paths.length).toBeGreaterThanOrEqual(8);
  const hammered = await hammer(600, 4, async () => {
    const { method, path, headers, body } = malformedCall(random, paths);
    return (await trial.app.request(path, { method, headers, body })).status;
  });
  expect(hammered.failed).toEqual([]);
  expect(hammered.statuses[503]).toBeUndefined();
});

test("whatever is wrong with a district, it is read or refused", async () => {
  const random = seeded(11);
  const headers = { "Content-Type": "application/zip" };
  const hammered = await hammer(200, 4, async () => {
    const body = mutatedDistrict(random);
    return (await trial.app.request("/v1/checks", { method: "POST", headers, body })).status;
  });
  expect(hammered.failed).toEqual([]);
  expect(Object.keys(hammered.statuses).sort()).toEqual(["200", "422"]);
});

test.each(Object.entries(HARMFUL))("%s: refused, with what is wrong", async (_, files) => {
  const headers = { "Content-Type": "application/zip" };
  const answer = await trial.app.request("/v1/datasets", { method: "POST", headers, body: zipOf(files) });
  expect(answer.status).toBe(422);
  const { code, findings } = await answer.json();
  expect(code).toMatch(/^zip-|^data-errors$/);
  if (code === "data-errors") expect(findings.length).toBeGreaterThan(0);
});
