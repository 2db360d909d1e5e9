import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTrial, type Trial } from "./trial/trial.ts";

let trial: Trial;
let dataset: string;
beforeAll(async () => {
  trial = await startTrial();
  dataset = (await (await trial.upload()).json()).dataset.dataset_hash;
});
afterAll(() => trial.close());

const CALLS = ["/v1/scenarios", "/v1/solves", "/v1/comparisons", "/v1/explanations", "/v1/questions"];
/** Names that every object has without anyone giving them. */
const INHERITED = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];
const key = fc.oneof(fc.constantFrom("school_id", "name", "lat", ...INHERITED), fc.string());
const cells = fc.dictionary(key, fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null)), { maxKeys: 3 });
const change = fc.oneof(
  fc.record({ op: fc.constant("set"), table: fc.constant("schools"), where: cells, values: cells }),
  fc.record({ op: fc.constant("add"), table: fc.constantFrom("schools", "students", ...INHERITED), row: cells }),
  fc.record({ op: fc.constant("remove"), table: fc.constant("schools"), where: cells }),
  fc.record({ op: fc.constant("settings"), area: fc.constantFrom("routing", ...INHERITED), values: cells }),
);

test("whatever JSON is sent, no call breaks", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...CALLS), fc.jsonValue(), async (path, body) => {
      const { status } = await trial.post(path, body);
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});

test("whatever changes a scenario asks for, they are made or refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      const { status } = await trial.post("/v1/scenarios", { dataset_hash: dataset, changes });
      expect([201, 422]).toContain(status);
    }),
    { numRuns: 300 },
  );
});

test("whatever path is called, the answer is an answer or a problem", async () => {
  const part = fc.oneof(
    fc.webPath(),
    fc.constantFrom("/%E0%A4%A", "/..%2f..%2fetc", "/v1/jobs/%00", "/v1/jobs//events"),
  );
  await fc.assert(
    fc.asyncProperty(part, fc.constantFrom("GET", "POST", "PUT", "DELETE", "OPTIONS"), async (path, method) => {
      const { status } = await trial.app.request(`http://localhost${path}`, { method });
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});
