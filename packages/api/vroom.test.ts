import type { Answerer } from "@trivium/jobs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTrial, type Trial } from "./trial/trial.ts";

const ANSWER = {
  code: 0,
  summary: {
    cost: 20,
    routes: 1,
    unassigned: 0,
    setup: 0,
    service: 0,
    duration: 20,
    waiting_time: 0,
    priority: 0,
    violations: [],
  },
  unassigned: [],
  routes: [],
};
const job = (id: number) => ({ id, location_index: 1 });
const document = {
  vehicles: [{ id: 1, start_index: 0 }],
  jobs: [job(1)],
  matrix: [
    [0, 10],
    [10, 0],
  ],
};

let trial: Trial;
beforeAll(async () => {
  const answer: Answerer = async (question) => {
    if (question.op !== "vroom") throw new Error("not asked here");
    const claim = await trial.store.vroomSolves.claim(question.vroom_id);
    if (!claim) return null;
    await trial.store.vroomSolves.end(claim, { answer: ANSWER as never });
    return ANSWER;
  };
  trial = await startTrial(undefined, answer);
});
afterAll(() => trial.close());

test("a small problem is answered at once, and always under a time limit", async () => {
  const solved = await trial.post("/v1/vroom", document);
  expect(solved.status).toBe(200);
  expect(await solved.json()).toEqual(ANSWER);
});

test("a large one, or one that nobody wants to wait for, is accepted, and its answer is fetched", async () => {
  const many = { ...document, jobs: Array.from({ length: 300 }, (_, i) => job(i + 1)) };
  for (const accepted of [
    await trial.post("/v1/vroom", many),
    await trial.post("/v1/vroom", document, { Prefer: "respond-async" }),
    await trial.post("/v1/vroom", { ...document, options: { l: 60 } }),
  ]) {
    expect(accepted.status).toBe(202);
    const place = accepted.headers.get("Location") ?? "";
    let fetched = await (await trial.get(place)).json();
    while (fetched.status !== "succeeded") fetched = await (await trial.get(place)).json();
    expect(fetched.answer).toEqual(ANSWER);
  }
});

test("one that nobody took up is handed over again by whoever fetches it", async () => {
  const id = await trial.store.vroomSolves.add(document, null, "local");
  expect((await (await trial.get(`/v1/vroom/${id}`)).json()).status).toBe("queued");
  let fetched = { status: "" };
  while (fetched.status !== "succeeded") fetched = await (await trial.get(`/v1/vroom/${id}`)).json();
});

test("what is no problem, or too large a one, is refused", async () => {
  const wrong = await trial.post("/v1/vroom", { vehicles: [] });
  expect(await wrong.json()).toMatchObject({ status: 422, code: "invalid-request" });
  const huge = { ...document, jobs: Array.from({ length: 5001 }, (_, i) => job(i + 1)), options: { l: 7200 } };
  const refused = await (await trial.post("/v1/vroom", huge)).json();
  expect(refused).toMatchObject({ status: 422, code: "too-large-a-problem" });
  expect(refused.errors).toHaveLength(2);
  expect((await trial.post("/v1/vroom?dataset_hash=x", document)).status).toBe(404);
});
